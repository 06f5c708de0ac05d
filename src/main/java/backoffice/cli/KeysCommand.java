package backoffice.cli;

import backoffice.bitkey.Bitkey;
import backoffice.persistence.Database;
import backoffice.persistence.PostgresErrors;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
            "Exit codes: 0 done, 2 wrong usage or settings, 3 not done."
        })
public class KeysCommand {

    /** Names stand in logs, traces and tables. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final String EXPIRES =
            "The first day on which the key is not valid, such as 2027-01-01. It begins at 00:00 in backoffice.zone"
                    + " (BACKOFFICE_ZONE, Asia/Shanghai by default).";
    private static final String CREATE = """
            insert into bitkey (vendor, name, digest, read_only, expires_at) values ($1, $2, $3, $4, $5)
            on conflict do nothing returning name
            """;
    private static final String REVOKE = """
            update bitkey set revoked_at = now() where vendor = $1 and name = $2 and revoked_at is null returning name
            """;
    private static final String ALL = """
            select vendor, name, case when read_only then 'read-only' else 'all' end, created_at, expires_at, last_used_on,
                case when revoked_at is not null then 'revoked' when expires_at <= now() then 'expired' else 'valid' end
            from bitkey order by vendor, name
            """;
    private static final String ROW = "%-20s  %-24s  %-9s  %-10s  %-10s  %-10s  %s%n";

    /** The options that tell a key. */
    static class Key {

        @Spec(Spec.Target.MIXEE)
        CommandSpec command;

        @Option(
                names = "--vendor",
                required = true,
                paramLabel = "VENDOR",
                description = {
                    "The vendor of the key: up to 64 letters, digits, '.', '_', '-'.",
                    "As in BACKOFFICE_BITKEYS_<VENDOR>, ACME_CORP and acme-corp are one vendor."
                })
        String vendor;

        @Option(
                names = "--name",
                required = true,
                paramLabel = "NAME",
                description = "The name that logs and traces show: up to 64 letters, digits, '.', '_', '-'.")
        String name;

        void requireLegal() {
            if (!Bitkey.isVendorName(vendor)) {
                throw refused("vendor", vendor);
            }
            if (!NAME.matcher(name).matches()) {
                throw refused("name", name);
            }
        }

        private ParameterException refused(String option, String text) {
            return new ParameterException(
                    command.commandLine(),
                    "The %s \"%s\" is not accepted; accepted: up to 64 letters, digits, '.', '_' and '-', the first one a letter or a digit."
                            .formatted(option, text));
        }
    }

    @Inject
    Database database;

    @ConfigProperty(name = "backoffice.zone")
    ZoneId zone;

    @Command(
            name = "create",
            description = "Creates a key and prints it. It is not stored, so it cannot be shown again.")
    void create(
            @Mixin Key key,
            @Option(names = "--read-only", description = "The key is refused for changes (1103).") boolean readOnly,
            @Option(names = "--expires", paramLabel = "DATE", description = EXPIRES) LocalDate expires) {
        key.requireLegal();
        OffsetDateTime expiry =
                expires == null ? null : expires.atStartOfDay(zone).toOffsetDateTime();
        String text = Bitkey.generate();
        byte[] digest = Bitkey.Digest.of(text).bytes();
        if (sql(CREATE, Bitkey.vendorName(key.vendor), key.name, digest, readOnly, expiry)
                .isEmpty()) {
            throw new ConfigurationException(
                    "Vendor %s has or had a key %s. Choose another name.".formatted(key.vendor, key.name));
        }
        Terminal.out().println(text);
        if (expiry != null) {
            Terminal.err().printf("It is valid until %s 00:00 in %s (%s).%n", expires, zone, expiry.toInstant());
        }
    }

    @Command(name = "list", description = "Lists the keys in the database, without their texts.")
    void list() {
        List<Object[]> keys = sql(ALL);
        PrintWriter out = Terminal.out();
        out.printf(ROW, "VENDOR", "NAME", "SCOPE", "CREATED", "EXPIRES", "LAST USED", "STATE");
        keys.forEach(row -> out.printf(ROW, Stream.of(row).map(this::cell).toArray()));
        Terminal.err().printf("The days are those of %s (backoffice.zone).%n", zone);
    }

    @Command(name = "revoke", description = "Revokes a key. It is unknown (1102) on each instance within 5 s.")
    void revoke(@Mixin Key key) {
        if (sql(REVOKE, Bitkey.vendorName(key.vendor), key.name).isEmpty()) {
            throw new ConfigurationException("Vendor %s has no key %s that is valid.".formatted(key.vendor, key.name));
        }
        Terminal.out().printf("The key %s of vendor %s is revoked.%n", key.name, key.vendor);
    }

    private List<Object[]> sql(String statement, Object... parameters) {
        return database.withoutVendor(statement, parameters)
                .onFailure()
                .transform(failure -> new ConfigurationException(PostgresErrors.reason(failure)
                        + (PostgresErrors.isOldSchema(failure)
                                ? ". The database lacks the schema of this version. Run schema migrate, or start the service."
                                : "")))
                .await()
                .indefinitely();
    }

    private Object cell(Object value) {
        return value instanceof OffsetDateTime time
                ? time.atZoneSameInstant(zone).toLocalDate()
                : Objects.requireNonNullElse(value, "-");
    }
}
