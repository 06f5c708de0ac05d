package backoffice.changes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/**
 * A consumer as docs/api.md, section 10, describes it: it follows the feed from the start, and keeps a {@link FeedCopy}
 * of the groups and customers.
 */
public final class FeedConsumer {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;
    private final String bitkey;
    private final FeedCopy copy = new FeedCopy();
    private String cursor;
    private volatile int events;

    public FeedConsumer(int port, String bitkey) {
        this.url = "http://localhost:" + port + "/backoffice/changes?limit=500";
        this.bitkey = bitkey;
    }

    /** Processes what comes next, and waits for it; false when nothing has come. A service that is away sends nothing. */
    public boolean step(int waitSeconds) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + (cursor == null ? "" : "&wait=" + waitSeconds + "&after=" + cursor)))
                .header("bitkey", bitkey)
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() == 503) {
                return false;
            }
            JsonNode batch = FeedCopy.json(response.body());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.body());
            }
            for (JsonNode event : batch) {
                copy.apply(event);
                cursor = event.get("id").textValue();
                events++;
            }
            return !batch.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** The groups and customers after the events that were processed. */
    public FeedCopy copy() {
        return copy;
    }

    /** The number of events that were processed. */
    int events() {
        return events;
    }
}
