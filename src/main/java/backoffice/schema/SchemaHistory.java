package backoffice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import backoffice.persistence.Database;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The history that Flyway keeps of a schema, read without Flyway, whose start takes longer than that of the rest of the
 * service. See docs/adr/0021.
 */
@Singleton
class SchemaHistory {

    private static final Logger LOG = Logger.getLogger(SchemaHistory.class);

    /** Quarkus names the files with their folder, and the program of Flyway without it. */
    private static final String APPLIED = "select distinct on (script) regexp_replace(script, '.*/', ''), checksum"
            + " from flyway_schema_history where success and checksum is not null order by script, installed_rank desc";

    private final Database database;
    private final List<String> migrations;
    private final String historyIsOn;

    SchemaHistory(
            Database database,
            @ConfigProperty(name = "backoffice.migrations") List<String> migrations,
            @ConfigProperty(name = "backoffice.history") String historyIsOn) {
        this.historyIsOn = historyIsOn;
        this.database = database;
        this.migrations = migrations;
    }

    /** Whether each migration is applied as it is here. Waits for the database; false when it does not answer. */
    boolean isUpToDate() {
        try {
            Set<List<Object>> applied =
                    VertxContextSupport.subscribeAndAwait(() -> database.sqlOfNoVendor(APPLIED)).stream()
                            .map(row -> List.of(row))
                            .collect(Collectors.toSet());
            return migrations.stream()
                    .allMatch(script -> applied.contains(List.of(script.replaceFirst(".*/", ""), checksum(script))));
        } catch (Throwable e) {
            // Flyway tells the reason, if it cannot read the history either.
            LOG.debug("The history of the schema cannot be read", e);
            return false;
        }
    }

    /** The checksum that Flyway computes. */
    private int checksum(String script) {
        CRC32 checksum = new CRC32();
        try (InputStream file = SchemaHistory.class.getResourceAsStream("/" + script)) {
            new String(file.readAllBytes(), UTF_8)
                    .replace("${history}", historyIsOn)
                    .lines()
                    .forEach(line -> checksum.update(line.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) checksum.getValue();
    }
}
