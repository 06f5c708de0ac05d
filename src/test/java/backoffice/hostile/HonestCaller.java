package backoffice.hostile;

import backoffice.testsupport.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A client of one vendor that makes light calls one after the other, 20 ms apart, while others attack the service. It
 * remembers each call that failed.
 */
final class HonestCaller {

    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String bitkey;
    /** The calls that were not answered with HTTP 200, each with its reason. Read them after {@link #stop}. */
    final List<String> failures = new ArrayList<>();

    private final Thread thread = new Thread(this::callUntilStopped);
    private volatile boolean stopped;
    volatile int calls;

    HonestCaller(int port, String bitkey) {
        base = "http://localhost:" + port + Api.BASE_PATH;
        this.bitkey = bitkey;
    }

    HonestCaller start() {
        thread.start();
        return this;
    }

    private void callUntilStopped() {
        while (!stopped) {
            call("POST", "/customer_groups", "{\"name\":\"honest\"}");
            call("GET", "/customer_groups/honest", "");
            call("GET", "/customer_groups", "");
            call("POST", "/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"h%\"]}]}");
            call("DELETE", "/customer_groups/honest", "");
            call("GET", "/customers?limit=50", "");
        }
    }

    private void call(String method, String path, String body) {
        try {
            int code = send(method, path, body).statusCode();
            calls++;
            if (code != 200) {
                failures.add(method + " " + path + ": " + code);
            }
            Thread.sleep(PAUSE.toMillis());
        } catch (IOException e) {
            failures.add(method + " " + path + ": " + e);
        } catch (InterruptedException e) {
            stopped = true;
        }
    }

    HttpResponse<String> send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("bitkey", bitkey)
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    /** Waits until the last call is answered. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
    }
}
