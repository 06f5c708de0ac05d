// Not run by a test. Usage: URL=http://localhost:8080/bitanswer/api BITKEY=dev-bitkey dotnet run (.NET 8 or newer)
using System.Net.Http.Json;
using System.Text.Json.Nodes;

var http = new HttpClient();
var url = Environment.GetEnvironmentVariable("URL");

// While the service answers 5001, waits as long as Retry-After says, and sends the same request again.
async Task<JsonNode> Call(HttpMethod method, string path, object? body = null, string? key = null)
{
    for (var attempt = 0; ; attempt++)
    {
        var request = new HttpRequestMessage(method, url + path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("bitkey", Environment.GetEnvironmentVariable("BITKEY"));
        if (key is not null) request.Headers.Add("x-bit-req-id", key);
        var response = await http.SendAsync(request);
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        if ((int)answer["status"]! == 0) return answer["data"]!;
        if (attempt == 5 || (int)answer["status"]! != 5001) throw new Exception((string?)answer["msg"]);
        await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
    }
}

var groups = 0;
for (var page = -1; page != 0; groups += page)
    page = (await Call(HttpMethod.Get, $"/customer_groups?offset={groups}&limit=100"))["items"]!.AsArray().Count;
Console.WriteLine($"groups: {groups}");

var search = new { querys = new[] { new { name = "name", op = "like", values = new[] { "s%" } } } };
Console.WriteLine($"found: {(await Call(HttpMethod.Post, "/customer_groups/data", search))["total"]}");

var created = await Call(HttpMethod.Post, "/customers", new[] { new { name = "sample" } }, Guid.NewGuid().ToString());
Console.WriteLine($"created: {created["items"]![0]!["name"]}");
