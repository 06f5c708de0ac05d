package backoffice.observability;

import backoffice.envelope.Envelope;
import backoffice.envelope.FailureResponses;
import backoffice.envelope.Status;
import backoffice.value.Call;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.Metrics;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * What the log line and the counters {@code backoffice.calls} and {@code backoffice.faults} tell of a {@link Call}. It
 * is kept in the {@link RoutingContext}.
 *
 * <p>The line has level {@code DEBUG} for a success, {@code INFO} for a failure or a client that disconnected, and
 * {@code WARN} for a fault or a call that took over a second. It has the template of the path, and never a bitkey or a
 * name; see docs/adr/0022. All lines that are logged during the call have its correlation id.
 */
public final class CallLog {

    /** The counter of calls that end with a fault. */
    static final String FAULTS = "backoffice.faults";

    private static final String CORRELATION_ID = "x-correlation-id";
    private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The header {@code traceparent} of W3C Trace Context, section 3.2: version, trace id, span id, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;

    private static final String KEY = CallLog.class.getName();
    private static final int FIRST_FAILURE_CODE = 400;
    private static final String FAULT = String.valueOf(Status.FAULT.number());
    private static final long SLOW_MILLIS = 1000;
    private static final Logger LOG = Logger.getLogger("backoffice.calls");

    private final Promise<Void> end = Promise.promise();
    private final long startNanos = System.nanoTime();
    private Call call;
    private String status = "unknown";
    private boolean failed;
    private int rows;

    private CallLog(Call call) {
        this.call = call.makeCurrent();
    }

    /**
     * Makes the {@link Call} of a request, and adds its correlation id to the response. The line is written when the
     * response ends or the client disconnects.
     *
     * @param path the path as sent, without the query
     * @param template the path with names in braces; null when no call has that path and method
     */
    public static void start(RoutingContext context, String path, String template) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        String name = template == null ? "unknown" : method + " " + template;
        String id = correlationId(request);
        CallLog log = new CallLog(new Call(name, method, path, idempotencyKey(request), id));
        MDC.put(FailureResponses.CORRELATION_ID, id);
        context.response().putHeader(CORRELATION_ID, id);
        String trace = request.getHeader("traceparent");
        if (trace != null && TRACE_PARENT.matcher(trace).matches()) {
            MDC.put("traceId", trace.substring(TRACE_ID_START, TRACE_ID_END));
        }
        context.put(KEY, log).addEndHandler(end -> {
            log.finish(context.response().getStatusCode(), end.succeeded());
            log.end.complete();
        });
    }

    private static String idempotencyKey(HttpServerRequest request) {
        List<String> keys = request.headers().getAll("x-bit-req-id");
        return keys.isEmpty() ? null : String.join(", ", keys);
    }

    /** That of the client if it cannot forge a log line, and otherwise 16 random hexadecimal digits. */
    private static String correlationId(HttpServerRequest request) {
        String sent = request.getHeader(CORRELATION_ID);
        return sent != null && LEGAL_ID.matcher(sent).matches()
                ? sent
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Returns the log of a call; null when it was not started. */
    public static CallLog of(RoutingContext request) {
        return request.get(KEY);
    }

    /** The call as it was when its bitkey was checked. */
    public Call call() {
        return call;
    }

    /** Records the caller, also in the {@link Call} and in its trace. */
    public void recordCaller(Vendor vendor, String bitkeyName) {
        call = call.by(vendor, bitkeyName).makeCurrent();
        Span.current().setAttribute("vendor", vendor.name()).setAttribute("bitkey.name", bitkeyName);
    }

    /** Records the status and the number of rows of the answer. */
    public void recordAnswer(Envelope<?> answer) {
        status = String.valueOf(answer.status());
        failed = answer.status() != Status.DONE.number();
        rows = answer.data() == null ? 0 : answer.data().items().size();
    }

    /** Records that the answer is a stored response. */
    public void recordReplay() {
        status = "replayed";
    }

    /**
     * Completes when the response has ended or the client has disconnected. Unlike an end handler of the request, what
     * waits for it also runs when it comes after that.
     */
    public Future<Void> end() {
        return end.future();
    }

    /** Milliseconds since the first handler saw the request. */
    public long millis() {
        return (System.nanoTime() - startNanos) / 1_000_000;
    }

    /** Writes the line and counts the call, whose answer has this HTTP code unless the client disconnected. */
    private void finish(int code, boolean delivered) {
        String vendor = call.vendor() == null ? "none" : call.vendor().name();
        String told = delivered || failed ? status : "hung up";
        Metrics.counter("backoffice.calls", "call", call.name(), "status", told, "vendor", vendor)
                .increment();
        if (told.equals(FAULT)) {
            Metrics.counter(FAULTS).increment();
        }
        long millis = millis();
        Logger.Level level = level(code, delivered, millis);
        if (LOG.isEnabled(level)) {
            if (call.bitkeyName() != null) {
                MDC.put("bitkey", call.bitkeyName());
            }
            Map.of("call", call.name(), "vendor", vendor, "status", told, "rows", rows, "millis", millis)
                    .forEach(MDC::put);
            LOG.logf(level, "%s: status %s to %s in %d ms, %d rows", call.name(), told, vendor, millis, rows);
        }
    }

    private Logger.Level level(int code, boolean delivered, long millis) {
        if (code == Status.FAULT.httpCode() || millis > SLOW_MILLIS) {
            return Logger.Level.WARN;
        }
        return delivered && code < FIRST_FAILURE_CODE && !failed ? Logger.Level.DEBUG : Logger.Level.INFO;
    }
}
