package backoffice.observability;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

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

    /** The header {@code traceparent} of W3C Trace Context, section 3.2: version, trace id, span id, flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final String NO_VENDOR = "none";
    private static final int FIRST_FAILURE_CODE = 400;
    private static final long SLOW_MILLIS = 1000;
    private static final Logger LOG = Logger.getLogger("backoffice.calls");

    private final MeterRegistry meters;

    CallObserver(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Starts the {@link Call} of a request of the API. The log line is written when the response ends or the
     * client disconnects.
     *
     * @param template the path with names in braces; null when no call has that path and method
     */
    public void observe(RoutingContext request, String template) {
        Call call = Call.start(request, template);
        MDC.put(FailureResponses.CORRELATION_ID, call.correlationId());
        addCorrelationId(request);
        String trace = request.request().getHeader("traceparent");
        if (trace != null && TRACE_PARENT.matcher(trace).matches()) {
            MDC.put("traceId", trace.substring(TRACE_ID_START, TRACE_ID_END));
        }
        request.addEndHandler(end -> finish(request, call, end.succeeded()));
    }

    /** Adds the header {@code x-correlation-id} to the response of an observed request. */
    public static void addCorrelationId(RoutingContext request) {
        request.response().putHeader(Call.CORRELATION_ID, Call.of(request).correlationId());
    }

    @ServerResponseFilter
    void recordResponse(ContainerResponseContext response, RoutingContext request) {
        Call.recordResponse(request, response.getEntity());
    }

    private void finish(RoutingContext request, Call call, boolean delivered) {
        String name = call.name();
        String vendor = Objects.requireNonNullElse(call.vendor(), NO_VENDOR);
        String status = delivered || call.isFailed() ? call.status() : "hung up";
        meters.counter("backoffice.calls", "call", name, "status", status, "vendor", vendor)
                .increment();
        Logger.Level level = level(request, call, delivered);
        if (LOG.isEnabled(level)) {
            if (call.bitkeyName() != null) {
                MDC.put("bitkey", call.bitkeyName());
            }
            Map.of("call", name, "vendor", vendor, "status", status, "rows", call.rows(), "millis", call.millis())
                    .forEach(MDC::put);
            LOG.logf(level, "%s: status %s to %s in %d ms, %d rows", name, status, vendor, call.millis(), call.rows());
        }
    }

    private static Logger.Level level(RoutingContext request, Call call, boolean delivered) {
        int code = request.response().getStatusCode();
        if (code == Status.FAULT.httpCode() || (call.millis() > SLOW_MILLIS && !call.isWaiting())) {
            return Logger.Level.WARN;
        }
        return delivered && code < FIRST_FAILURE_CODE && !call.isFailed() ? Logger.Level.DEBUG : Logger.Level.INFO;
    }
}
