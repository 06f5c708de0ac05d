package backoffice.cli;

import backoffice.vendor.BitkeyRegistry;
import backoffice.vendor.StoredBitkeys;
import backoffice.vendor.StoredBitkeys.Entry;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code keys}: creates, lists and revokes bitkeys in the database (docs/api.md, section 2.3). */
@Command(
        name = "keys",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Creates, lists and revokes bitkeys in the database.",
            "A new or revoked key is in force on each instance within 5 s, without a restart.",
            ""
        },
        footer = {
            "",
            "The commands use the database of the service: QUARKUS_DATASOURCE_REACTIVE_URL etc.",
            "Exit codes: 0 done, 2 wrong usage, 3 not done."
        })
public class KeysCommand {

    /** Names stand in logs, traces and tables. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final String ROW = "%-20s  %-24s  %-9s  %-10s  %-10s  %-10s  %s%n";

    /** The options that tell a key. */
    static class Key {

        @Option(names = "--vendor", required = true, paramLabel = "VENDOR", description = "The vendor of the key.")
        String vendor;

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "The name that logs and traces show: up to 64 letters, digits, '.', '_', '-'.")
        String name;

        private String vendorName() {
            return BitkeyRegistry.vendorName(vendor);
        }
    }

    @Spec
    CommandSpec spec;

    @Inject
    StoredBitkeys keys;

    @ConfigProperty(name = "backoffice.zone")
    ZoneId zone;

    @Command(
            name = "create",
            description = "Creates a key and prints it. It is not stored, so it cannot be shown again.")
    void create(
            @Mixin Key key,
            @Option(names = "--read-only", description = "The key is refused for changes (1103).") boolean readOnly,
            @Option(
                            names = "--expires",
                            paramLabel = "DATE",
                            description = "The first day on which the key is not valid, such as 2027-01-01.")
                    LocalDate expires) {
        if (!NAME.matcher(key.name).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The name " + key.name + " is not accepted; accepted: up to 64 letters, digits, '.', '_' and '-'.");
        }
        OffsetDateTime expiry =
                expires == null ? null : expires.atStartOfDay(zone).toOffsetDateTime();
        String text = keys.create(key.vendorName(), key.name, readOnly, expiry)
                .await()
                .indefinitely();
        if (text == null) {
            throw new ConfigurationException(
                    "Vendor %s has or had a key %s. Choose another name.".formatted(key.vendor, key.name));
        }
        spec.commandLine().getOut().println(text);
    }

    @Command(name = "list", description = "Lists the keys in the database, without their texts.")
    void list() {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(ROW, "VENDOR", "NAME", "SCOPE", "CREATED", "EXPIRES", "LAST USED", "STATE");
        keys.all()
                .await()
                .indefinitely()
                .forEach(key -> out.printf(
                        ROW,
                        key.vendor(),
                        key.name(),
                        key.readOnly() ? "read-only" : "all",
                        day(key.createdAt()),
                        day(key.expiresAt()),
                        Objects.toString(key.lastUsedOn(), "-"),
                        state(key)));
    }

    @Command(name = "revoke", description = "Revokes a key. It is unknown (1102) on each instance within 5 s.")
    void revoke(@Mixin Key key) {
        if (!keys.revoke(key.vendorName(), key.name).await().indefinitely()) {
            throw new ConfigurationException("Vendor %s has no key %s that is valid.".formatted(key.vendor, key.name));
        }
        spec.commandLine().getOut().printf("The key %s of vendor %s is revoked.%n", key.name, key.vendor);
    }

    private String day(OffsetDateTime time) {
        return time == null ? "-" : time.atZoneSameInstant(zone).toLocalDate().toString();
    }

    private static String state(Entry key) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.expiresAt() != null && !OffsetDateTime.now().isBefore(key.expiresAt()) ? "expired" : "valid";
    }
}
