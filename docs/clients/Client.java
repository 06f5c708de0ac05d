import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Usage: URL=http://localhost:8080/bitanswer/api BITKEY=dev-bitkey java docs/clients/Client.java */
class Client {

    static final HttpClient HTTP = HttpClient.newHttpClient();
    /** Names keep their escapes, so a search can send them as they are. A real client reads JSON with a library. */
    static final Pattern NAME = Pattern.compile("\"name\":\"((?:[^\"\\\\]|\\\\.)*)\"");
    static final String SEARCH = "{\"querys\":[{\"name\":\"name\",\"op\":\"%s\",\"values\":[\"%s\"]}]}";

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

    static List<String> names(String answer, String known) {
        return NAME.matcher(answer).results().map(found -> found.group(1)).filter(name -> !name.equals(known)).toList();
    }

    public static void main(String[] args) throws Exception {
        // Each page begins at the last name of the page before, so a group that others delete meanwhile shifts none.
        long groups = 0;
        List<String> page = names(call("GET", "/customer_groups?limit=100", ""), "");
        while (!page.isEmpty()) {
            groups += page.size();
            String last = page.get(page.size() - 1);
            page = names(call("POST", "/customer_groups/data?limit=100", SEARCH.formatted(">=", last)), last);
        }
        System.out.println("groups: " + groups);

        String found = call("POST", "/customer_groups/data", SEARCH.formatted("like", "s%"));
        System.out.println("found: " + found.replaceAll(".*\"total\":(\\d+).*", "$1"));

        String created = call("POST", "/customers", "[{\"name\":\"sample\"}]", "x-bit-req-id", "" + UUID.randomUUID());
        System.out.println("created: " + names(created, "").get(0));
    }
}
