package backoffice.cli;

import static backoffice.cli.CommandException.NO_RETRY;
import static backoffice.cli.CommandException.NO_STATUS;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Excerpt;
import backoffice.envelope.PageRange;
import backoffice.envelope.Status;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * A client of a server with this API. It limits the rate of its requests, and retries after transient failures: up to
 * ten times within about three minutes. Its methods block, and throw {@link CommandException}.
 */
final class ApiClient {

    private static final int MAX_RETRIES = 10;
    private static final long FIRST_BACK_OFF = 1_000;
    private static final long MAX_BACK_OFF = 30_000;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(15))
            .build();
    private final URI base;
    private final String bitkey;
    private final Duration interval;
    private final Duration timeout;
    private final Consumer<String> notices;
    private long nextRequest = System.nanoTime();
    private volatile boolean hasAnswered;

    /**
     * @param interval the least time from one request to the next
     * @param timeout how long a response may take
     * @param notices takes a sentence for each failure that is retried
     */
    ApiClient(URI base, String bitkey, Duration interval, Duration timeout, Consumer<String> notices) {
        this.base = base;
        this.bitkey = bitkey;
        this.interval = interval;
        this.timeout = timeout;
        this.notices = notices;
    }

    /** Finds the items of a list that have one of the values in each field, at most 1000 values in all. */
    List<JsonNode> search(String list, Map<String, Collection<String>> fields) {
        List<JsonNode> found = new ArrayList<>();
        if (!fields.containsValue(List.of())) {
            List<Map<String, Object>> querys = new ArrayList<>();
            fields.forEach((name, values) -> querys.add(Map.of("name", name, "op", "in", "values", values)));
            byte[] body = ItemKind.bytes(Map.of("querys", querys));
            read(list + "/data", body, ItemKind.MAX_BATCH_SIZE, (items, total) -> found.addAll(items));
        }
        return found;
    }

    /**
     * Reads the list at a path below the base path, as {@link ChangingListReader#forEachPage} does.
     *
     * @param body that of a search; null for the whole list
     */
    long read(String path, byte[] body, int limit, BiConsumer<List<JsonNode>, Long> sink) {
        return new ChangingListReader<JsonNode>(range -> page(path, range, body), ItemKind::key, limit)
                .forEachPage(sink);
    }

    private Page<JsonNode> page(String path, PageRange range, byte[] body) {
        JsonNode data = send(path + "?offset=" + range.offset() + "&limit=" + range.limit(), body, null);
        List<JsonNode> items = new ArrayList<>();
        // The hosted API leaves out null members, and empty lists too.
        data.path("items").forEach(items::add);
        JsonNode total = data.path("total");
        return new Page<>(total.canConvertToInt() ? total.asLong() : null, items);
    }

    /**
     * Sends a request, and returns the {@code data} of its answer.
     *
     * @param body that of a POST; null for a GET
     * @param requestId the idempotency key, so that a retry does not do a change twice; null for none
     */
    JsonNode send(String path, byte[] body, String requestId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(timeout)
                .header("bitkey", bitkey)
                .header("Accept-Language", "en");
        if (body != null) {
            request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
        }
        if (requestId != null) {
            request.header("x-bit-req-id", requestId);
        }
        long backOff = FIRST_BACK_OFF;
        for (int retries = 0; ; retries++) {
            GracefulStop.sleep(millisToNextTurn());
            try {
                return attempt(request.build());
            } catch (CommandException failure) {
                if (failure.retryAfter == NO_RETRY || retries == MAX_RETRIES) {
                    throw failure;
                }
                notices.accept(failure.getMessage() + " Retrying.");
                GracefulStop.sleep(failure.retryAfter + backOff);
                backOff = Math.min(MAX_BACK_OFF, 2 * backOff);
            }
        }
    }

    private synchronized long millisToNextTurn() {
        long now = System.nanoTime();
        long turn = Math.max(now, nextRequest);
        nextRequest = turn + interval.toNanos();
        return Duration.ofNanos(turn - now).toMillis();
    }

    private JsonNode attempt(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            hasAnswered = true;
            return data(response);
        } catch (IOException e) {
            // If the server never answered and the connection fails, the address or the certificate is wrong.
            boolean isSlow = e instanceof HttpTimeoutException && !(e instanceof HttpConnectTimeoutException);
            String message = "%s does not answer (%s).".formatted(request.uri(), e);
            throw new CommandException(message, 0, NO_STATUS, "", hasAnswered || isSlow ? 0 : NO_RETRY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted.");
        }
    }

    private static JsonNode data(HttpResponse<byte[]> response) {
        int httpCode = response.statusCode();
        JsonNode envelope = envelope(response.body());
        int status = envelope.path("status").asInt(NO_STATUS);
        if (httpCode == 200 && status == 0) {
            return envelope.path("data");
        }
        String reason = Excerpt.of(envelope.path("msg").asText(), 500);
        String seconds = response.headers().firstValue("Retry-After").orElse("");
        long retryAfter = seconds.matches("\\d{1,4}") ? 1_000 * Long.parseLong(seconds) : 0;
        boolean isTransient = httpCode == 429 || httpCode >= 500 || status == Status.STILL_RUNNING.number();
        String message = "%s answers HTTP %d".formatted(response.uri(), httpCode)
                + (status == NO_STATUS ? "." : ", status " + status + ": " + reason);
        throw new CommandException(message, httpCode, status, reason, isTransient ? retryAfter : NO_RETRY);
    }

    /** The envelope of a response; a missing node for a body that is not JSON, such as the HTML page of a proxy. */
    private static JsonNode envelope(byte[] body) {
        try {
            return ItemKind.JSON.parse(body);
        } catch (ApiException notJson) {
            return MissingNode.getInstance();
        }
    }
}
