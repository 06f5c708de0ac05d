package backoffice.changes;

import backoffice.cli.AddedCommand;
import backoffice.cli.Terminal;
import backoffice.value.Vendor;
import backoffice.vendor.BitkeyRegistry;
import io.quarkus.vertx.VertxContextSupport;
import io.vertx.core.json.Json;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code audit}: prints the recorded changes of a vendor (docs/api.md, section 10). */
@Command(
        name = "audit",
        sortOptions = false,
        description = {
            "Prints who has changed which group or customer, the oldest change first.",
            "Changes are recorded while backoffice.changes is on.",
            ""
        },
        footer = {
            "",
            "Each line is an event as JSON.",
            "The command uses the database of the service: QUARKUS_DATASOURCE_REACTIVE_URL etc.",
            "Exit codes: 0 done, 2 wrong usage, 3 not done."
        })
public class AuditCommand implements AddedCommand {

    private static final int PAGE_SIZE = 1000;

    @Option(names = "--vendor", required = true, paramLabel = "VENDOR", description = "The vendor of the changes.")
    String vendor;

    @Option(names = "--group", paramLabel = "NAME", description = "Changes of this group and of customers in it.")
    String group;

    @Option(names = "--customer", paramLabel = "NAME", description = "Changes of customers with this name.")
    String customer;

    @Option(names = "--key", paramLabel = "NAME", description = "Changes that were made with this key.")
    String bitkey;

    @Option(names = "--since", paramLabel = "DATE", description = "Changes from this day on, such as 2027-01-01.")
    LocalDate since;

    @Inject
    ChangeReader changes;

    @ConfigProperty(name = "backoffice.zone")
    ZoneId zone;

    @Override
    public Integer call() throws IOException {
        OffsetDateTime from = since == null ? null : since.atStartOfDay(zone).toOffsetDateTime();
        ChangeReader.Filter filter = new ChangeReader.Filter(group, customer, bitkey, from);
        OutputStream out = Terminal.data();
        ChangeCursor last = ChangeCursor.START;
        while (last != null) {
            ChangeReader.Page page = readAfter(last, filter);
            for (ChangeEvent event : page.events()) {
                out.write(Terminal.jsonLine(Json.encode(event)));
            }
            out.flush();
            last = page.isFull() ? page.last() : null;
        }
        return 0;
    }

    private ChangeReader.Page readAfter(ChangeCursor last, ChangeReader.Filter filter) {
        Vendor of = new Vendor(BitkeyRegistry.vendorName(vendor));
        try {
            return VertxContextSupport.subscribeAndAwait(() -> changes.audit(of, filter, last, PAGE_SIZE));
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
