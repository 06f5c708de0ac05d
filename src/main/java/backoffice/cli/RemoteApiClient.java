package backoffice.cli;

import backoffice.envelope.ApiException;
import backoffice.envelope.Excerpt;
import backoffice.envelope.Page;
import backoffice.envelope.PageRange;
import backoffice.json.StrictJsonReader;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Another server that speaks this API, asked for one page after the other, and never faster than it may be. */
final class RemoteApiClient {

    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final int OK = 200;
    private static final int MOST_OF_MSG = 500;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TO_CONNECT)
            .build();
    private final URI base;
    private final String bitkey;
    private final RemoteLimits limits;
    private final StrictJsonReader json;
    private final Consumer<String> notices;
    private long nextRequest = System.nanoTime();
    private boolean reached;

    /** @param notices hears of failures that are tried again */
    RemoteApiClient(URI base, String bitkey, RemoteLimits limits, StrictJsonReader json, Consumer<String> notices) {
        this.base = base;
        this.bitkey = bitkey;
        this.limits = limits;
        this.json = json;
        this.notices = notices;
    }

    /**
     * A page of the list at a path below the base.
     *
     * @throws SourceException when the answer is none, or is not such a page, or stays away
     */
    Page<JsonNode> page(String path, PageRange range) {
        URI uri = URI.create(base + path + "?offset=" + range.offset() + "&limit=" + range.limit());
        try {
            return Retry.of(
                    () -> ask(uri),
                    failure -> failure instanceof UncheckedIOException
                            || failure instanceof SourceException refused && refused.isPassing(),
                    failure -> notices.accept(failure.getMessage() + " It is asked again."));
        } catch (UncheckedIOException unreachable) {
            throw new SourceException(unreachable.getMessage());
        }
    }

    private Page<JsonNode> ask(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(limits.timeout())
                .header("bitkey", bitkey)
                .header("Accept", "application/json")
                .build();
        LockSupport.parkNanos(nextRequest - System.nanoTime());
        nextRequest = System.nanoTime() + limits.interval().toNanos();
        try {
            return page(uri, client.send(request, BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            String sentence = "%s does not answer (%s).".formatted(uri, e);
            throw isPassing(e) ? new UncheckedIOException(sentence, e) : new SourceException(sentence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("Interrupted.");
        }
    }

    /** Who was never reached has another address, or another certificate, than was meant. */
    private boolean isPassing(IOException failure) {
        return reached || failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException);
    }

    private Page<JsonNode> page(URI uri, HttpResponse<byte[]> answer) {
        reached = true;
        JsonNode envelope = envelope(answer.body());
        int status = envelope.path("status").asInt(SourceException.NO_STATUS);
        if (answer.statusCode() != OK || status != 0) {
            throw new SourceException(
                    "%s answers HTTP %d%s"
                            .formatted(
                                    uri,
                                    answer.statusCode(),
                                    status == SourceException.NO_STATUS
                                            ? "."
                                            : ", status " + status + ": "
                                                    + Excerpt.of(
                                                            envelope.path("msg").asText())),
                    answer.statusCode(),
                    status);
        }
        JsonNode total = envelope.path("data").path("total");
        JsonNode items = envelope.path("data").path("items");
        // The hosted API leaves out null nodes, an empty list among them.
        if (!isAbsent(total) && !total.canConvertToInt() || !isAbsent(items) && !items.isArray()) {
            throw new SourceException("%s answers something else than a page with total and items.".formatted(uri));
        }
        List<JsonNode> list = new ArrayList<>();
        items.forEach(list::add);
        return new Page<>(isAbsent(total) ? null : total.asLong(), list);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** What is no JSON stands for no envelope: proxies answer pages of HTML. */
    private JsonNode envelope(byte[] body) {
        try {
            return json.parse(body);
        } catch (ApiException notJson) {
            return MissingNode.getInstance();
        }
    }
}
