package backoffice.observability;

import backoffice.envelope.Envelope;
import backoffice.envelope.Status;
import io.opentelemetry.api.trace.Span;
import io.smallrye.common.vertx.ContextLocals;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Record of one request of the API for the log and the metrics, from its first handler to the end of its response. It
 * is kept in the {@link RoutingContext} of the request.
 */
public final class Call {

    /** The header with the correlation id, in each response and optionally in a request. */
    static final String CORRELATION_ID = "x-correlation-id";

    /** The header with the idempotency key. */
    private static final String IDEMPOTENCY_KEY = "x-bit-req-id";

    private static final String KEY = Call.class.getName();
    private static final String UNKNOWN = "unknown";
    private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final String correlationId;
    private final String idempotencyKey;
    private final String method;
    private final String template;
    private final long startNanos = System.nanoTime();
    private String status = UNKNOWN;
    private String vendor;
    private String bitkeyName;
    private boolean failed;
    private boolean waiting;
    private int rows;

    private Call(HttpServerRequest request, String template) {
        String sent = request.getHeader(CORRELATION_ID);
        this.correlationId = sent != null && LEGAL_ID.matcher(sent).matches()
                ? sent
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        this.idempotencyKey = request.getHeader(IDEMPOTENCY_KEY);
        this.method = request.method().name();
        this.template = template;
    }

    static Call start(RoutingContext request, String template) {
        Call call = new Call(request.request(), template);
        request.put(KEY, call);
        ContextLocals.put(KEY, call);
        return call;
    }

    /** The call that this Vert.x context works for; empty in a command. */
    public static Optional<Call> current() {
        return ContextLocals.get(KEY);
    }

    /** Returns the call of a request of the API; null when {@link CallObserver} has not seen the request yet. */
    public static Call of(RoutingContext request) {
        return request.get(KEY);
    }

    /**
     * Records the status and the number of rows of the response.
     *
     * @param entity the body of the response: an {@link Envelope}, or the bytes of a stored response
     */
    public static void recordResponse(RoutingContext request, Object entity) {
        Call call = of(request);
        if (entity instanceof Envelope<?> envelope) {
            call.status = String.valueOf(envelope.status());
            call.failed = envelope.status() != Status.DONE.number();
            call.rows = envelope.data() == null ? 0 : envelope.data().items().size();
        } else {
            call.status = "replayed";
        }
    }

    /** Records that the call waits on purpose, so that its time says nothing about the service. */
    public static void recordWait(RoutingContext request) {
        of(request).waiting = true;
    }

    /** Records a response with rows that is not an envelope. */
    public static void recordRows(RoutingContext request, int rows) {
        Call call = of(request);
        call.status = String.valueOf(Status.DONE.number());
        call.rows = rows;
    }

    /**
     * Records who calls, for the log, the metrics and the trace of the call.
     *
     * @param bitkeyName the name of the bitkey, and never its text
     */
    public static void recordCaller(RoutingContext request, String vendor, String bitkeyName) {
        Call call = of(request);
        if (call != null) {
            call.vendor = vendor;
            call.bitkeyName = bitkeyName;
            Span.current().setAttribute("vendor", vendor).setAttribute("bitkey.name", bitkeyName);
        }
    }

    /**
     * The id in all log lines of the call and in the header {@code x-correlation-id} of its response. It is the id of
     * the request, if that is 1 to 64 ASCII letters, digits, dots, dashes and underscores, and otherwise 16 random
     * hexadecimal digits.
     */
    public String correlationId() {
        return correlationId;
    }

    /** The idempotency key of the request; null without one. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    /** The method and the path template; {@code unknown} when no call has that path and method. */
    public String name() {
        return template == null ? UNKNOWN : method + " " + template;
    }

    /** The number of the envelope's status, {@code replayed}, or {@code unknown} before the response. */
    String status() {
        return status;
    }

    /** The vendor of the caller; null for a call without a valid bitkey. */
    public String vendor() {
        return vendor;
    }

    /** The name of the caller's bitkey; null for a call without a valid bitkey. */
    public String bitkeyName() {
        return bitkeyName;
    }

    /** Whether the response is an envelope with a failure, whatever its HTTP code is. */
    boolean isFailed() {
        return failed;
    }

    /** Whether {@link #recordWait} was called. */
    boolean isWaiting() {
        return waiting;
    }

    /** The number of items in the response; 0 for a stored response. */
    int rows() {
        return rows;
    }

    /** Milliseconds since the first handler saw the request. */
    public long millis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }
}
