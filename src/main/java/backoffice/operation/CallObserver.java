package backoffice.operation;

import backoffice.envelope.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Has each call seen: a line in the log when it is over, and a count by call, status and vendor ({@code backoffice.calls}). All
 * lines that are written meanwhile bear its correlation id. Neither the key nor what was asked for is ever told, but
 * which call it was.
 */
@Singleton
public class CallObserver {

    /** What Quarkus keeps the path of the resource's method under, with names in braces for what stands there. */
    private static final String PATH_TEMPLATE = "UrlPathTemplate";

    private static final String NOBODY = "none";
    private static final String UNKNOWN = "unknown";
    private static final Logger LOG = Logger.getLogger("backoffice.calls");

    private final MeterRegistry meters;

    CallObserver(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Begins with a request, which is seen for the first time. */
    public void begin(RoutingContext request) {
        Call call = Call.begin(request);
        MDC.put(Failure.CORRELATION_ID, call.correlationId());
        request.response().putHeader("x-correlation-id", call.correlationId());
        request.addEndHandler(end -> finish(request, call, end.succeeded()));
    }

    @ServerResponseFilter
    void note(ContainerResponseContext answer, RoutingContext request) {
        Call.answer(request, answer.getEntity());
    }

    private void finish(RoutingContext request, Call call, boolean taken) {
        String template = Vertx.currentContext().getLocal(PATH_TEMPLATE);
        String name = template == null ? UNKNOWN : request.request().method() + " " + template;
        String vendor = request.user() instanceof QuarkusHttpUser caller
                        && !caller.getSecurityIdentity().isAnonymous()
                ? caller.getSecurityIdentity().getPrincipal().getName()
                : NOBODY;
        String status = taken ? call.status() : "hung up";
        meters.counter("backoffice.calls", "call", name, "status", status, "vendor", vendor)
                .increment();
        if (LOG.isInfoEnabled()) {
            Map.of("call", name, "vendor", vendor, "status", status, "rows", call.rows(), "millis", call.millis())
                    .forEach(MDC::put);
            LOG.infof("%s: status %s to %s in %d ms, %d rows", name, status, vendor, call.millis(), call.rows());
        }
    }
}
