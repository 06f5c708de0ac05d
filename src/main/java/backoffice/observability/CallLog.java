package backoffice.observability;

import backoffice.call.Call;
import backoffice.envelope.Envelope;
import backoffice.envelope.Status;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * The log and the metrics of calls. It writes a line about each {@link Call}, and counts it in {@code backoffice.calls} and
 * {@code backoffice.faults}.
 *
 * <p>The line has level {@code DEBUG} for a success, {@code INFO} for a failure or a client that disconnected, and
 * {@code WARN} for a fault or a call that took over a second. It has the template of the path, and never a bitkey or a
 * name; see docs/adr/0022. All lines that are logged during the call have its correlation id.
 */
@Singleton
public class CallLog {

    private static final String FAULTS = "backoffice.faults";

    private static final String FAULT = String.valueOf(Status.FAULT.number());
    private static final Set<String> SUCCESSES = Set.of(String.valueOf(Status.DONE.number()), "replayed");
    private static final long SLOW_MILLIS = 1000;
    private static final Logger LOG = Logger.getLogger("backoffice.calls");

    /** Faults are counted from 0 on, because Prometheus sees no increase in a series that begins with its first fault. */
    void register(@Observes StartupEvent start) {
        Metrics.counter(FAULTS);
    }

    /** Gives the correlation id of a call that begins to all lines of its Vert.x context. */
    public static void start(Call call) {
        MDC.put("correlationId", call.correlationId());
    }

    /** Records an answer of a resource. HEAD has one too, although its body is not written. */
    @ServerResponseFilter
    void record(ContainerResponseContext answer) {
        if (answer.getEntity() instanceof Envelope<?> envelope) {
            Call.current().orElseThrow().recordAnswer(envelope);
        }
    }

    /**
     * Writes the line and counts the call when its response has ended or its client has disconnected.
     *
     * @param code the HTTP code of the response
     * @param delivered whether the client got the response
     */
    public static void finish(Call call, int code, boolean delivered) {
        String vendor = call.vendor() == null ? "none" : call.vendor().name();
        String told = !delivered && SUCCESSES.contains(call.status()) ? "hung up" : call.status();
        Metrics.counter("backoffice.calls", "call", call.name(), "status", told, "vendor", vendor)
                .increment();
        if (told.equals(FAULT)) {
            Metrics.counter(FAULTS).increment();
        }
        long millis = call.millis();
        Logger.Level level = level(told, code, millis);
        if (LOG.isEnabled(level)) {
            if (call.bitkeyName() != null) {
                MDC.put("bitkey", call.bitkeyName());
            }
            Map.of("call", call.name(), "vendor", vendor, "status", told, "rows", call.rows(), "millis", millis)
                    .forEach(MDC::put);
            LOG.logf(level, "%s: status %s to %s in %d ms, %d rows", call.name(), told, vendor, millis, call.rows());
        }
    }

    private static Logger.Level level(String told, int code, long millis) {
        if (code == Status.FAULT.httpCode() || millis > SLOW_MILLIS) {
            return Logger.Level.WARN;
        }
        return SUCCESSES.contains(told) ? Logger.Level.DEBUG : Logger.Level.INFO;
    }
}
