package backoffice.changes;

import backoffice.testsupport.Api;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A client that makes changes at random, with few names, so that changes of several clients collide. */
final class RandomWriter implements Runnable {

    private static final int GROUPS = 4;
    private static final int CUSTOMERS = 12;

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String bitkey;
    private final Random random;
    private final AtomicBoolean running;

    RandomWriter(int port, String bitkey, int seed, AtomicBoolean running) {
        this.url = "http://localhost:" + port + Api.BASE_PATH;
        this.bitkey = bitkey;
        this.random = new Random(seed);
        this.running = running;
    }

    @Override
    public void run() {
        while (running.get()) {
            try {
                change();
            } catch (IOException e) {
                // The service closes connections while the database is away. The next call shows whether it is back.
                continue;
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void change() throws IOException, InterruptedException {
        String group = "/customer_groups/" + group();
        switch (random.nextInt(8)) {
            case 0 -> send("POST", "/customer_groups", "{\"name\":\"" + group() + "\"}");
            case 1 -> send("PATCH", group, "{\"name\":\"" + group() + "\"}");
            case 2 -> send("DELETE", group, "");
            case 3 -> send("POST", "/customers", batch(true));
            case 4 -> send("PATCH", "/customers", batch(true));
            case 5 -> send("POST", group + "/customers", batch(false));
            case 6 -> send("DELETE", group + "/customers", "[{\"name\":\"" + customer() + "\"}]");
            default -> send("DELETE", "/customers/" + (random.nextBoolean() ? "" : group() + "/") + customer(), "");
        }
    }

    private String batch(boolean withData) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> "{\"name\":\"" + customer() + "\""
                        + (random.nextBoolean() ? ",\"groupName\":\"" + group() + "\"" : "")
                        + (withData ? ",\"city\":\"" + random.nextInt(100) + "\"" : "") + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String group() {
        return "g" + random.nextInt(GROUPS);
    }

    private String customer() {
        return "c" + random.nextInt(CUSTOMERS);
    }

    private void send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("bitkey", bitkey)
                .method(method, BodyPublishers.ofString(body))
                .build();
        client.send(request, BodyHandlers.discarding());
    }
}
