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

/** A client of another server with this API. It sends one request at a time, at a limited rate. */
final class RemoteApiClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);
    private static final int OK = 200;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    private final URI base;
    private final String bitkey;
    private final RemoteLimits limits;
    private final StrictJsonReader json;
    private final Consumer<String> notices;
    private long nextRequest = System.nanoTime();
    private boolean hasAnswered;

    /**
     * Creates a client.
     *
     * @param notices takes a sentence for each failure that is retried
     */
    RemoteApiClient(URI base, String bitkey, RemoteLimits limits, StrictJsonReader json, Consumer<String> notices) {
        this.base = base;
        this.bitkey = bitkey;
        this.limits = limits;
        this.json = json;
        this.notices = notices;
    }

    /**
     * Reads a page of the list at a path below the base URL. Transient failures are retried ({@link Retry}).
     *
     * @return the page; its total is null when the server sends none
     * @throws SourceException when the server refuses the request, does not answer, or answers anything but a page
     */
    Page<JsonNode> page(String path, PageRange range) {
        URI uri = URI.create(base + path + "?offset=" + range.offset() + "&limit=" + range.limit());
        try {
            return Retry.withBackOff(
                    () -> send(uri),
                    failure -> failure instanceof UncheckedIOException
                            || failure instanceof SourceException refused && refused.isTransient(),
                    failure -> notices.accept(failure.getMessage() + " Retrying."));
        } catch (UncheckedIOException unreachable) {
            throw new SourceException(unreachable.getMessage());
        }
    }

    private Page<JsonNode> send(URI uri) {
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
            throw isTransient(e) ? new UncheckedIOException(sentence, e) : new SourceException(sentence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException("Interrupted.");
        }
    }

    /**
     * Whether a retry can help. If the server never answered and the connection fails, the address or
     * the certificate is wrong.
     */
    private boolean isTransient(IOException failure) {
        return hasAnswered
                || failure instanceof HttpTimeoutException && !(failure instanceof HttpConnectTimeoutException);
    }

    private Page<JsonNode> page(URI uri, HttpResponse<byte[]> response) {
        hasAnswered = true;
        JsonNode envelope = envelope(response.body());
        int status = envelope.path("status").asInt(SourceException.NO_STATUS);
        if (response.statusCode() != OK || status != 0) {
            throw new SourceException(
                    "%s answers HTTP %d%s"
                            .formatted(
                                    uri,
                                    response.statusCode(),
                                    status == SourceException.NO_STATUS
                                            ? "."
                                            : ", status " + status + ": "
                                                    + Excerpt.of(
                                                            envelope.path("msg").asText())),
                    response.statusCode(),
                    status);
        }
        JsonNode total = envelope.path("data").path("total");
        JsonNode items = envelope.path("data").path("items");
        // The hosted API leaves out null members, and empty lists too.
        if (!isAbsent(total) && !total.canConvertToInt() || !isAbsent(items) && !items.isArray()) {
            throw new SourceException("%s does not answer a page with total and items.".formatted(uri));
        }
        List<JsonNode> list = new ArrayList<>();
        items.forEach(list::add);
        return new Page<>(isAbsent(total) ? null : total.asLong(), list);
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** The envelope of a response; a missing node for a body that is not JSON, such as the HTML page of a proxy. */
    private JsonNode envelope(byte[] body) {
        try {
            return json.parse(body);
        } catch (ApiException notJson) {
            return MissingNode.getInstance();
        }
    }
}
