package backoffice.schema;

import backoffice.testsupport.EmptyDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The schema of the unreleased versions: its migrations, and the script that upgrades it. */
public final class UnreleasedSchema {

    private static final String MIGRATIONS = "filesystem:src/test/resources/unreleased-schema";
    private static final Path UPGRADE = Path.of("src/main/resources/db/optional/upgrade_unreleased_schema.sql");

    private UnreleasedSchema() {}

    public static void create(EmptyDatabase database, String schema) {
        flyway(database, schema).locations(MIGRATIONS).load().migrate();
    }

    /** Runs the script as the owner of the tables. */
    public static void upgrade(EmptyDatabase database) {
        try {
            database.executeAsUser(Files.readString(UPGRADE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static FluentConfiguration flyway(EmptyDatabase database, String schema) {
        return Flyway.configure()
                .defaultSchema(schema)
                .dataSource(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD);
    }
}
