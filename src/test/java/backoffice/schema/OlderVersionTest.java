package backoffice.schema;

import backoffice.testsupport.Sql;
import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

@QuarkusTest
@DisabledIf(
        value = "backoffice.testsupport.CitusCluster#isThroughWorker",
        disabledReason = "the service migrates through the coordinator alone")
class OlderVersionTest {

    /** An instance, because there is no Flyway where the service does not migrate. */
    @Inject
    @FlywayDataSource("migration")
    Instance<Flyway> flyway;

    @AfterEach
    void remove_the_newer_migration() {
        Sql.execute("delete from flyway_schema_history where version = '999'");
    }

    @Test
    void an_older_version_starts_on_the_schema_of_a_newer_version() {
        Sql.execute(
                "insert into flyway_schema_history values (999, '999', 'of a newer version', 'SQL', 'V999__x.sql', 1,"
                        + " 'postgres', now(), 1, true)");

        flyway.get().migrate();
    }
}
