package backoffice.cli;

import static backoffice.cli.CommandException.NO_RETRY;

import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope.Page;
import backoffice.envelope.Excerpt;
import backoffice.envelope.Status;
import backoffice.json.StrictJsonReader;
import backoffice.pagination.PageRange;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A client of a server with this API. It sends requests at a steady pace, and retries after transient failures: up to ten
 * times, with about three minutes between them in all, and longer where {@code Retry-After} says so. A server that asks for
 * more than five minutes ends the command. Its methods block, and throw {@link CommandException}.
 */
final class ApiClient {

    private static final int MAX_RETRIES = 10;
    private static final long FIRST_BACK_OFF = 1_000;
    private static final long MAX_BACK_OFF = 30_000;

    /** The longest wait that a server may ask for, so that a person sees the end of a command. */
    private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(5);

    /** The most bytes of an answer. A page of 1000 customers with the longest texts has 28 MB. */
    private static final int MAX_BYTES = 32 << 20;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String bitkey;
    private final Duration pause;
    private final Duration timeout;
    private final Consumer<String> notices;
    private long nextStart = System.nanoTime();
    private boolean hasAnswered;

    /**
     * @param pause the least time from the start of a request to the start of the next one
     * @param timeout the longest time from a request to the end of its answer
     * @param notices takes a sentence for each failure that is retried
     */
    ApiClient(URI base, String bitkey, Duration pause, Duration timeout, Consumer<String> notices) {
        this.base = base;
        this.bitkey = bitkey;
        this.pause = pause;
        this.timeout = timeout;
        this.notices = notices;
    }

    /** All items of a kind: what their search finds, from name to name; by offset if the server refuses such a search. */
    ChangingListReader list(ItemKind kind) {
        String search = kind.path + "/data";
        try {
            // Few names are from U+FFFD on, so the server counts few.
            page(search, new PageRange(0, 1), searchFrom("\uFFFD"));
        } catch (CommandException refusal) {
            if (refusal.status == 0) {
                throw refusal;
            }
            return list(kind.path, null);
        }
        return new ChangingListReader(
                (from, range) -> page(search, range, searchFrom(from)), true, StrictJsonReader.MAX_BATCH);
    }

    /** Finds the items that have one of the values in each field, at most 1000 values in all, by their keys. */
    Map<List<String>, JsonNode> find(ItemKind kind, Map<String, Set<String>> fields) {
        Map<List<String>, JsonNode> found = new HashMap<>();
        if (!fields.containsValue(Set.of())) {
            List<Map<String, Object>> querys = new ArrayList<>();
            fields.forEach((name, values) -> querys.add(Map.of("name", name, "op", "in", "values", values)));
            list(kind.path + "/data", ItemKind.bytes(Map.of("querys", querys)))
                    .forEachPage(page -> page.items().forEach(item -> found.put(ItemKind.key(item), item)));
        }
        return found;
    }

    /**
     * The list at a path below the base path, by offset.
     *
     * @param body that of a search; null for the whole list
     */
    ChangingListReader list(String path, byte[] body) {
        return new ChangingListReader((from, range) -> page(path, range, body), false, StrictJsonReader.MAX_BATCH);
    }

    /** The order of another server is known only if the search names it. */
    private static byte[] searchFrom(String name) {
        List<?> querys =
                name.isEmpty() ? List.of() : List.of(Map.of("name", "name", "op", ">=", "values", List.of(name)));
        return ItemKind.bytes(Map.of("querys", querys, "sorts", List.of(Map.of("name", "name"))));
    }

    private Page<JsonNode> page(String path, PageRange range, byte[] body) {
        String pagePath = path + "?offset=" + range.offset() + "&limit=" + range.limit();
        JsonNode data = send(body == null ? "GET" : "POST", pagePath, body, null);
        List<JsonNode> items = new ArrayList<>();
        // The hosted API leaves out empty lists.
        data.path("items").forEach(items::add);
        if (!items.isEmpty() && !data.path("total").canConvertToInt()) {
            throw new CommandException(base + pagePath + " answers without a total.");
        }
        return new Page<>(data.path("total").asLong(), items);
    }

    /**
     * Sends a request, and returns the {@code data} of its answer.
     *
     * @param body null for a GET
     * @param idempotencyKey lets a retry not do a change twice; null where that does no harm
     */
    JsonNode send(String method, String path, byte[] body, String idempotencyKey) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("bitkey", bitkey)
                .header("Accept-Language", "en");
        if (body != null) {
            request.header("Content-Type", "application/json").method(method, BodyPublishers.ofByteArray(body));
        }
        if (idempotencyKey != null) {
            request.header("x-bit-req-id", idempotencyKey);
        }
        try {
            for (int retries = 0; ; retries++) {
                Thread.sleep(Math.max(0, (nextStart - System.nanoTime()) / 1_000_000));
                nextStart = System.nanoTime() + pause.toNanos();
                try {
                    return attempt(request.build());
                } catch (CommandException failure) {
                    if (failure.retryAfter == NO_RETRY || retries == MAX_RETRIES) {
                        throw failure;
                    }
                    notices.accept(failure.getMessage() + " Retrying.");
                    Thread.sleep(failure.retryAfter + Math.min(MAX_BACK_OFF, FIRST_BACK_OFF << retries));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException("Interrupted.");
        }
    }

    private JsonNode attempt(HttpRequest request) {
        // The timeout of HttpRequest ends with the headers of the answer.
        return Uni.createFrom()
                .completionStage(() -> client.sendAsync(request, BodyHandlers.ofPublisher()))
                .chain(response -> Multi.createFrom()
                        .publisher(response.body())
                        .collect()
                        .in(ByteArrayOutputStream::new, (body, part) -> append(part, body, request.uri()))
                        .map(body -> data(response, body.toByteArray())))
                .ifNoItem()
                .after(timeout)
                .failWith(() -> noAnswer(request, "no whole answer within " + timeout.toSeconds() + " s"))
                .onFailure(failure -> !(failure instanceof CommandException))
                .transform(failure -> noAnswer(request, failure))
                .await()
                .indefinitely();
    }

    private static void append(List<ByteBuffer> part, ByteArrayOutputStream body, URI source) {
        for (ByteBuffer buffer : part) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            body.writeBytes(bytes);
        }
        if (body.size() > MAX_BYTES) {
            throw new CommandException("%s answers with over %d MiB.".formatted(source, MAX_BYTES >> 20));
        }
    }

    /** If the server never answered, the address or the certificate is wrong, and a retry cannot help. */
    private CommandException noAnswer(HttpRequest request, Object reason) {
        String message = "%s does not answer (%s).".formatted(request.uri(), reason);
        return new CommandException(message, 0, "", hasAnswered ? 0 : NO_RETRY);
    }

    private JsonNode data(HttpResponse<?> response, byte[] body) {
        hasAnswered = true;
        int httpCode = response.statusCode();
        JsonNode envelope = envelope(body);
        int status = envelope.path("status").asInt(httpCode);
        if (httpCode == 200 && status == 0) {
            return envelope.path("data");
        }
        String reason = Excerpt.of(envelope.path("msg").asText(), 500);
        boolean isTransient = httpCode == 429 || httpCode >= 500 || status == Status.STILL_RUNNING.number();
        Duration retryAfter =
                retryAfter(response.headers().firstValue("Retry-After").orElse(""));
        boolean isTooLate = isTransient && retryAfter.compareTo(MAX_RETRY_AFTER) > 0;
        String message = "%s answers HTTP %d".formatted(response.uri(), httpCode)
                + (status == httpCode ? "." : ", status " + status + ": " + reason)
                + (isTooLate ? " Start the command again after " + Instant.now().plus(retryAfter) + "." : "");
        throw new CommandException(
                message, status, reason, isTransient && !isTooLate ? retryAfter.toMillis() : NO_RETRY);
    }

    /** The time that the header asks for, as a number of seconds or as a date; zero for anything else. */
    private static Duration retryAfter(String header) {
        if (header.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(header, Instant::from);
            Duration left = Duration.between(Instant.now(), date);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (DateTimeException neither) {
            return Duration.ZERO;
        }
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
