package backoffice.schema;

import backoffice.observability.HealthChecks;
import backoffice.persistence.Database;
import backoffice.persistence.PostgresErrors;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import org.eclipse.microprofile.health.Readiness;

/**
 * The health check of the schema (docs/api.md, section 9.1). It is down while the last migration of this version of the
 * service is missing in the database, or is that of another version. Later migrations do not matter (docs/adr/0027). A
 * busy service asks too, on the connection beside the calls.
 */
@Singleton
class SchemaCheck {

    static final String LAST_VERSION = "1";
    private static final String LAST_MIGRATION = "/db/migration/V1__schema.sql";

    private static final Duration MAX_ANSWER = Duration.ofSeconds(1);

    /** A worker of a Citus cluster has the tables of the service, and not the table of Flyway. */
    private static final String HAS_FLYWAY = "select to_regclass('flyway_schema_history') is not null";

    private static final String FOUND = """
            select checksum, to_char(installed_on, 'YYYY-MM-DD HH24:MI') from flyway_schema_history
            where version = $1 and success
            """;

    private static final String MISSING =
            "The schema is older than the service: migration V%s is missing. Run schema migrate."
                    .formatted(LAST_VERSION);
    private static final String OTHER =
            "The schema is that of another version of the service: migration V%s has the checksum"
                    + " %s, applied at %s. This version needs %s. Start the version that made the schema, or see"
                    + " docs/releasing.md#a-schema-of-another-version.";

    private final Database database;
    private final int expected = checksum();

    /** Empty before the first answer, and null while the schema is right. */
    private volatile String fault = "";

    SchemaCheck(Database database) {
        this.database = database;
    }

    @Produces
    @Singleton
    @Readiness
    AsyncHealthCheck check() {
        return () -> HealthChecks.check("schema", compared(), Throwable::getMessage);
    }

    /** Without an answer of the database, the last one counts. The check of the database says that it does not answer. */
    private Uni<?> compared() {
        return database.withoutVendor(HAS_FLYWAY)
                .flatMap(has -> (Boolean) has.get(0)[0]
                        ? database.withoutVendor(FOUND, LAST_VERSION).map(this::faultOf)
                        : Uni.createFrom().<String>nullItem())
                .invoke(found -> fault = found)
                .ifNoItem()
                .after(MAX_ANSWER)
                .fail()
                .onItemOrFailure()
                .transformToUni((found, noAnswer) -> fault == null
                        ? Uni.createFrom().voidItem()
                        : Uni.createFrom()
                                .failure(new IllegalStateException(
                                        fault.isEmpty() ? PostgresErrors.reason(noAnswer) : fault)));
    }

    private String faultOf(List<Object[]> rows) {
        if (rows.isEmpty()) {
            return MISSING;
        }
        Object found = rows.get(0)[0];
        return Objects.equals(found, expected) ? null : OTHER.formatted(LAST_VERSION, found, rows.get(0)[1], expected);
    }

    /** As Flyway counts it, over the lines without their ends. The class of Flyway is internal. */
    static int checksum() {
        CRC32 sum = new CRC32();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(SchemaCheck.class.getResourceAsStream(LAST_MIGRATION), StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> sum.update(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) sum.getValue();
    }
}
