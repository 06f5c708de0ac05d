package backoffice.cli;

import backoffice.vendor.BitkeyRegistry;
import backoffice.vendor.StoredBitkeys;
import backoffice.vendor.StoredBitkeys.Entry;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.Command;
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

    private static final List<String> COLUMNS =
            List.of("VENDOR", "NAME", "SCOPE", "CREATED", "EXPIRES", "LAST USED", "STATE");

    @Spec
    CommandSpec spec;

    @Inject
    StoredBitkeys keys;

    @ConfigProperty(name = "backoffice.zone")
    ZoneId zone;

    /**
     * The command {@code keys create}: prints the text of the key, once.
     *
     * @return the exit code 0
     * @throws ConfigurationException when the vendor has or had a key with this name
     */
    @Command(
            name = "create",
            description = "Creates a key and prints it. It is not stored, so it cannot be shown again.")
    int create(
            @Option(names = "--vendor", required = true, paramLabel = "VENDOR", description = "The vendor of the key.")
                    String vendor,
            @Option(
                            names = "--name",
                            required = true,
                            paramLabel = "NAME",
                            description =
                                    "The name that logs and traces show: up to 64 letters, digits, '.', '_', '-'.")
                    String name,
            @Option(names = "--read-only", description = "The key is refused for changes (1103).") boolean readOnly,
            @Option(
                            names = "--expires",
                            paramLabel = "DATE",
                            description = "The first day on which the key is not valid, such as 2027-01-01.")
                    LocalDate expires) {
        if (!NAME.matcher(name).matches()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The name " + name + " is not accepted; accepted: up to 64 letters, digits, '.', '_' and '-'.");
        }
        OffsetDateTime expiresAt =
                expires == null ? null : expires.atStartOfDay(zone).toOffsetDateTime();
        String key = keys.create(BitkeyRegistry.vendorName(vendor), name, readOnly, expiresAt)
                .await()
                .indefinitely();
        if (key == null) {
            throw new ConfigurationException(
                    "Vendor %s has or had a key %s. Choose another name.".formatted(vendor, name));
        }
        spec.commandLine().getOut().println(key);
        return 0;
    }

    /**
     * The command {@code keys list}: prints a table of all keys, without their texts.
     *
     * @return the exit code 0
     */
    @Command(name = "list", description = "Lists the keys in the database, without their texts.")
    int list() {
        List<List<String>> rows = new ArrayList<>(List.of(COLUMNS));
        keys.all().await().indefinitely().forEach(key -> rows.add(row(key)));
        TextTable.lines(rows).forEach(spec.commandLine().getOut()::println);
        return 0;
    }

    /**
     * The command {@code keys revoke}.
     *
     * @return the exit code 0
     * @throws ConfigurationException when the vendor has no such key
     */
    @Command(name = "revoke", description = "Revokes a key. It is unknown (1102) on each instance within 5 s.")
    int revoke(
            @Option(names = "--vendor", required = true, paramLabel = "VENDOR", description = "The vendor of the key.")
                    String vendor,
            @Option(names = "--name", required = true, paramLabel = "NAME", description = "The name of the key.")
                    String name) {
        if (!keys.revoke(BitkeyRegistry.vendorName(vendor), name).await().indefinitely()) {
            throw new ConfigurationException("Vendor %s has no key %s that is valid.".formatted(vendor, name));
        }
        spec.commandLine().getOut().printf("The key %s of vendor %s is revoked.%n", name, vendor);
        return 0;
    }

    private List<String> row(Entry key) {
        return List.of(
                key.vendor(),
                key.name(),
                key.readOnly() ? "read-only" : "all",
                day(key.createdAt()),
                day(key.expiresAt()),
                Objects.toString(key.lastUsedOn(), "-"),
                state(key));
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
