package backoffice.history;

import backoffice.envelope.Envelope;
import backoffice.execution.CallExecutor;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The history of groups and customers (docs/api.md, section 10). While {@code backoffice.history} is off, it is 1003. */
@Path("/backoffice/history")
public class HistoryResource {

    private final CallExecutor calls;
    private final RecordedChanges history;
    private final ZoneId zone;

    HistoryResource(
            CallExecutor calls, RecordedChanges history, @ConfigProperty(name = "backoffice.zone") ZoneId zone) {
        this.calls = calls;
        this.history = history;
        this.zone = zone;
    }

    /** Reads a page of the changes, the newest first. */
    @GET
    public Uni<Envelope<RecordedChange>> list(@BeanParam HistoryFilter.Parameters parameters) {
        HistoryFilter filter = parameters.filter(zone);
        return calls.read(history.page(filter));
    }
}
