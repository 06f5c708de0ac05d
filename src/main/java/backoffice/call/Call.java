package backoffice.call;

import backoffice.envelope.Envelope;
import backoffice.value.Vendor;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * A call of the API: what its client sent, who it is, and what the service answers. There is one object for each call. The
 * edge tells it what becomes known.
 */
public final class Call {

    /** The header that names the call in the log. */
    public static final String CORRELATION_ID = "x-correlation-id";

    private static final String KEY = Call.class.getName();
    private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String name;
    private final String method;
    private final String path;
    private final String contentType;
    private final String idempotencyKey;
    private final String correlationId;
    private final long startNanos = System.nanoTime();
    private final Promise<Void> end = Promise.promise();
    private final Promise<Void> released = Promise.promise();
    private boolean isWorking;
    private Vendor vendor;
    private String bitkeyName;
    private byte[] fingerprint;
    private String status = "hung up";
    private boolean isAtShare;
    private int rows;
    private long deadline;
    private boolean awaitsBody;
    private long awaitsSince;

    private Call(HttpServerRequest request, String path, String template, Duration timeout) {
        this.deadline = startNanos + timeout.toNanos();
        this.method = request.method().name();
        this.name = template == null ? "unknown" : method + " " + template;
        this.path = path;
        this.contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        List<String> keys = request.headers().getAll("x-bit-req-id");
        this.idempotencyKey = keys.isEmpty() ? null : String.join(", ", keys);
        String sentId = request.getHeader(CORRELATION_ID);
        this.correlationId = sentId != null && isCorrelationId(sentId)
                ? sentId
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Whether a text can be a correlation id (docs/operating.md). */
    public static boolean isCorrelationId(String text) {
        return LEGAL_ID.matcher(text).matches();
    }

    /**
     * Makes the call of a request. It becomes the current one of this Vert.x context.
     *
     * @param path the path as sent, without the query
     * @param template the path with names in braces; null when no call has that path and method
     * @param timeout how long the call takes at the most, without the time in which its client sends the body
     */
    public static Call begin(HttpServerRequest request, String path, String template, Duration timeout) {
        Call call = new Call(request, path, template, timeout);
        ContextLocals.put(KEY, call);
        return call;
    }

    /** The call that this Vert.x context works for; empty outside of a call, such as in a command. */
    public static Optional<Call> current() {
        return VertxContext.isOnDuplicatedContext() ? ContextLocals.get(KEY) : Optional.empty();
    }

    /**
     * When a wait of the current call ends, as of {@link System#nanoTime}: after this time, and at the deadline of the call
     * at the latest. Outside of a call, there is no deadline. See docs/adr/0010.
     */
    public static long endOfWait(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        return current()
                .map(call -> Math.min(end - call.deadline, 0) + call.deadline)
                .orElse(end);
    }

    /** When all waits of the call end, as of {@link System#nanoTime}. It moves on while the client sends the body. */
    public long deadline() {
        return deadline;
    }

    /** Whether the deadline of the current call has passed. No work starts then. */
    public static boolean isOver() {
        return current().filter(call -> System.nanoTime() - call.deadline >= 0).isPresent();
    }

    /** Stops the clock of the deadline, because the client sends the body now. */
    public void awaitBody() {
        awaitsBody = true;
        awaitsSince = System.nanoTime();
    }

    /** Lets the clock of the deadline go on. It does nothing while the clock goes. */
    public void stopAwaitingBody() {
        if (awaitsBody) {
            awaitsBody = false;
            deadline += System.nanoTime() - awaitsSince;
        }
    }

    /** The method and the path template; {@code unknown} when no call has that path and method. */
    public String name() {
        return name;
    }

    public String method() {
        return method;
    }

    /** Whether the call changes nothing. The templates of searches end in {@code /data}, and no others. */
    public boolean isRead() {
        return isGet() || name.endsWith("/data");
    }

    /** Whether the call is a GET or a HEAD, whose body nobody reads. */
    public boolean isGet() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** The path as sent, without the query. */
    public String path() {
        return path;
    }

    /** The content type as sent; null without one. */
    public String contentType() {
        return contentType;
    }

    /** The header {@code x-bit-req-id}, several of them with commas in between; null without one. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    /** That of the client if it cannot forge a log line, and otherwise 16 random hexadecimal digits. */
    public String correlationId() {
        return correlationId;
    }

    /** The vendor of the bitkey; null before the bitkey is checked. */
    public Vendor vendor() {
        return vendor;
    }

    /** The name of the bitkey, and never its text; null before the bitkey is checked. */
    public String bitkeyName() {
        return bitkeyName;
    }

    public void recordCaller(Vendor caller, String bitkey) {
        vendor = caller;
        bitkeyName = bitkey;
    }

    /** The fingerprint of the body; null for a request that has no body or no idempotency key. */
    public byte[] fingerprint() {
        return fingerprint;
    }

    /**
     * Records that the body has arrived whole: the clock of the deadline goes on.
     *
     * @param fingerprint what is kept of the body; null for a request that has no idempotency key
     */
    public void recordBody(byte[] fingerprint) {
        stopAwaitingBody();
        this.fingerprint = fingerprint;
    }

    /** The status of the answer as the log has it; {@code hung up} before the answer. */
    public String status() {
        return status;
    }

    /** The number of rows of the answer. */
    public int rows() {
        return rows;
    }

    /** Records that the call is refused because its vendor holds its share. The log tells that from an outage. */
    public void recordVendorAtShare() {
        isAtShare = true;
    }

    public void recordAnswer(Envelope<?> answer) {
        status = answer.stored() != null ? "replayed" : answer.status() + (isAtShare ? " at share" : "");
        rows = answer.data() == null ? 0 : answer.data().items().size();
    }

    /** Milliseconds since the call began. */
    public long millis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /**
     * Completes when the response has ended or the client has disconnected. Unlike an end handler of the request, what
     * waits for it also runs when it comes after that.
     */
    public Future<Void> end() {
        return end.future();
    }

    public void recordEnd() {
        end.complete();
        releaseUnlessWorking();
    }

    /** Does work of the call. It goes on when the client has disconnected. */
    public <T> Uni<T> work(Supplier<Uni<T>> work) {
        isWorking = true;
        return work.get().onTermination().invoke(() -> {
            isWorking = false;
            releaseUnlessWorking();
        });
    }

    /** Completes when the call has ended and does not {@link #work}, so that nothing refers to its body and rows. */
    public Future<Void> released() {
        return released.future();
    }

    private void releaseUnlessWorking() {
        if (end.future().isComplete() && !isWorking) {
            released.tryComplete();
        }
    }
}
