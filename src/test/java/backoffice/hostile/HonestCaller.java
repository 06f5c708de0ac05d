package backoffice.hostile;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A client of one vendor that makes light calls one after the other, 20 ms apart, while others attack the service. */
final class HonestCaller extends HonestClient {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String bitkey;
    private final String group;

    /** @param group the name of a group that it creates and deletes */
    HonestCaller(int port, String bitkey, String group) {
        base = "http://localhost:" + port + Api.BASE_PATH;
        this.bitkey = bitkey;
        this.group = group;
    }

    @Override
    void act() {
        call("POST", "/customer_groups", "{\"name\":\"" + group + "\"}");
        call("GET", "/customer_groups/" + group, "");
        call("GET", "/customer_groups", "");
        call("POST", "/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"h%\"]}]}");
        call("DELETE", "/customer_groups/" + group, "");
        call("GET", "/customers?limit=50", "");
    }

    private void call(String method, String path, String body) {
        attempt(method + " " + path, () -> send(method, path, body).statusCode() == 200);
        Await.sleep(Duration.ofMillis(20));
    }

    int code(String method, String path, String body) {
        return Unchecked.supplier(() -> send(method, path, body).statusCode()).get();
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(10))
                .header("bitkey", bitkey)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
