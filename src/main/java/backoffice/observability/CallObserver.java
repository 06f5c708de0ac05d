package backoffice.observability;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.Status;
import backoffice.value.Call;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Logger and counter of calls: at the end of each call, it writes one log line and counts the call in
 * {@code backoffice.calls}, by call, status and vendor.
 *
 * <p>The line has level {@code DEBUG} for a success, {@code INFO} for a failure or a client that disconnected, and
 * {@code WARN} for a fault or a call that took over a second. All lines that are logged during the call have its
 * correlation id. A line has the template of the path, and never a bitkey or a name; see docs/adr/0022.
 */
@Singleton
public class CallObserver {

    private static final String CORRELATION_ID = "x-correlation-id";
    private static final Pattern LEGAL_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The header {@code traceparent} of W3C Trace Context, section 3.2: version, trace id, span id, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final int FIRST_FAILURE_CODE = 400;
    private static final long SLOW_MILLIS = 1000;
    private static final Logger LOG = Logger.getLogger("backoffice.calls");

    private final MeterRegistry meters;

    CallObserver(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Makes the {@link Call} of a request, and adds its correlation id to the response. The log line is written when the
     * response ends or the client disconnects.
     *
     * @param path the path as sent, without the query
     * @param template the path with names in braces; null when no call has that path and method
     */
    public void observe(RoutingContext context, String path, String template) {
        HttpServerRequest request = context.request();
        String method = request.method().name();
        Call call = new Call(
                template == null ? "unknown" : method + " " + template,
                method,
                path,
                idempotencyKey(request),
                correlationId(request));
        CallLog log = CallLog.start(context, call);
        MDC.put(FailureResponses.CORRELATION_ID, call.correlationId());
        context.response().putHeader(CORRELATION_ID, call.correlationId());
        String trace = request.getHeader("traceparent");
        if (trace != null && TRACE_PARENT.matcher(trace).matches()) {
            MDC.put("traceId", trace.substring(TRACE_ID_START, TRACE_ID_END));
        }
        context.addEndHandler(end -> finish(context.response().getStatusCode(), log, end.succeeded()));
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

    private void finish(int code, CallLog log, boolean delivered) {
        Call call = log.call();
        String vendor = call.vendor() == null ? "none" : call.vendor().name();
        String status = delivered || log.isFailed() ? log.status() : "hung up";
        meters.counter("backoffice.calls", "call", call.name(), "status", status, "vendor", vendor)
                .increment();
        Logger.Level level = level(code, log, delivered);
        if (LOG.isEnabled(level)) {
            long millis = log.millis();
            if (call.bitkeyName() != null) {
                MDC.put("bitkey", call.bitkeyName());
            }
            Map.of("call", call.name(), "vendor", vendor, "status", status, "rows", log.rows(), "millis", millis)
                    .forEach(MDC::put);
            LOG.logf(level, "%s: status %s to %s in %d ms, %d rows", call.name(), status, vendor, millis, log.rows());
        }
    }

    private static Logger.Level level(int code, CallLog log, boolean delivered) {
        if (code == Status.FAULT.httpCode() || (log.millis() > SLOW_MILLIS && !log.isWaiting())) {
            return Logger.Level.WARN;
        }
        return delivered && code < FIRST_FAILURE_CODE && !log.isFailed() ? Logger.Level.DEBUG : Logger.Level.INFO;
    }
}
