package backoffice.observability;

import backoffice.envelope.FailureResponses;
import backoffice.envelope.Status;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Logs and counts each call when it is over. The line has level {@code DEBUG} for a success, {@code INFO} for a refusal
 * or a client that hung up, and {@code WARN} for a fault or a call of over a second. The counter is {@code
 * backoffice.calls}, by call, status and vendor. All lines that are logged meanwhile bear the call's correlation id. A line
 * has the template of the path, never a key or a name.
 */
@Singleton
public class CallObserver {

    /** W3C Trace Context, section 3.2: a version, the trace, the span and flags. */
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}.*");

    private static final int TRACE_ID_START = 3;
    private static final int TRACE_ID_END = 35;
    private static final String NOBODY = "none";
    private static final String UNKNOWN = "unknown";
    private static final int FIRST_REFUSAL = 400;
    private static final long SLOW_MILLIS = 1000;
    private static final Logger LOG = Logger.getLogger("backoffice.calls");

    private final MeterRegistry meters;

    CallObserver(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * Begins to observe a request.
     *
     * @param template its path with names in braces; null when no call has that path and method
     */
    public void begin(RoutingContext request, String template) {
        Call call = Call.begin(request, template);
        MDC.put(FailureResponses.CORRELATION_ID, call.correlationId());
        identify(request);
        String trace = request.request().getHeader("traceparent");
        if (trace != null && TRACE_PARENT.matcher(trace).matches()) {
            MDC.put("traceId", trace.substring(TRACE_ID_START, TRACE_ID_END));
        }
        request.addEndHandler(end -> finish(request, call, end.succeeded()));
    }

    /** Tells the client the id of its call. */
    public static void identify(RoutingContext request) {
        request.response().putHeader(Call.CORRELATION_ID, Call.of(request).correlationId());
    }

    @ServerResponseFilter
    void note(ContainerResponseContext answer, RoutingContext request) {
        Call.answer(request, answer.getEntity());
    }

    private void finish(RoutingContext request, Call call, boolean taken) {
        String name = call.template() == null ? UNKNOWN : request.request().method() + " " + call.template();
        String vendor = vendor(request, call);
        String status = taken || call.isRefused() ? call.status() : "hung up";
        meters.counter("backoffice.calls", "call", name, "status", status, "vendor", vendor)
                .increment();
        Logger.Level level = level(request, call, taken);
        if (LOG.isEnabled(level)) {
            Map.of("call", name, "vendor", vendor, "status", status, "rows", call.rows(), "millis", call.millis())
                    .forEach(MDC::put);
            LOG.logf(level, "%s: status %s to %s in %d ms, %d rows", name, status, vendor, call.millis(), call.rows());
        }
    }

    private static String vendor(RoutingContext request, Call call) {
        if (call.vendor() != null) {
            return call.vendor();
        }
        return request.user() instanceof QuarkusHttpUser caller
                        && !caller.getSecurityIdentity().isAnonymous()
                ? caller.getSecurityIdentity().getPrincipal().getName()
                : NOBODY;
    }

    private static Logger.Level level(RoutingContext request, Call call, boolean taken) {
        int code = request.response().getStatusCode();
        if (code == Status.FAULT.httpCode() || call.millis() > SLOW_MILLIS) {
            return Logger.Level.WARN;
        }
        return taken && code < FIRST_REFUSAL && !call.isRefused() ? Logger.Level.DEBUG : Logger.Level.INFO;
    }
}
