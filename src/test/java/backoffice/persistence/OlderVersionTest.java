package backoffice.persistence;

import backoffice.testsupport.Sql;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A rollback puts an older version on the schema of a newer one. */
@QuarkusTest
class OlderVersionTest {

    @Inject
    @FlywayDataSource("migration")
    Flyway flyway;

    @AfterEach
    void forget() {
        Sql.execute("delete from flyway_schema_history where version = '999'");
    }

    @Test
    void a_migration_that_a_newer_version_made_stops_nobody() {
        Sql.execute(
                "insert into flyway_schema_history values (999, '999', 'of a newer version', 'SQL', 'V999__x.sql', 1,"
                        + " 'postgres', now(), 1, true)");

        flyway.migrate();
    }
}
