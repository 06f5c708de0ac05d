import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.regex.Pattern;

/** Usage: URL=http://localhost:8080/bitanswer/api BITKEY=dev-bitkey java docs/clients/Client.java */
class Client {

    static final HttpClient HTTP = HttpClient.newHttpClient();
    static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]*)\""); // a real client reads JSON with a library

    /** While the service answers 5001, waits as long as Retry-After says, and sends the same request again. */
    static String call(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(System.getenv("URL") + path))
                .header("bitkey", System.getenv("BITKEY")).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) request.headers(headers);
        for (int attempt = 0; ; attempt++) {
            HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
            if (answer.body().contains("\"status\":0")) return answer.body();
            if (attempt == 5 || !answer.body().contains("\"status\":5001")) throw new Exception(answer.body());
            Thread.sleep(1000 * Long.parseLong(answer.headers().firstValue("Retry-After").orElse("1")));
        }
    }

    public static void main(String[] args) throws Exception {
        long groups = 0;
        for (long page = -1; page != 0; groups += page)
            page = NAME.matcher(call("GET", "/customer_groups?limit=100&offset=" + groups, "")).results().count();
        System.out.println("groups: " + groups);

        String search = "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"s%\"]}]}";
        String found = call("POST", "/customer_groups/data", search);
        System.out.println("found: " + found.replaceAll(".*\"total\":(\\d+).*", "$1"));

        String created = call("POST", "/customers", "[{\"name\":\"sample\"}]", "x-bit-req-id", "" + UUID.randomUUID());
        System.out.println("created: " + NAME.matcher(created).results().findFirst().orElseThrow().group(1));
    }
}
