package backoffice.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.EmptyDatabase;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

/** The distribution of the tables, where the database has no Citus. */
class SchemaDistributionTest {

    @Test
    void a_plain_postgresql_is_refused_with_a_sentence() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Connection connection =
                        DriverManager.getConnection(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD)) {
            ConfigurationException refusal =
                    assertThrows(ConfigurationException.class, () -> SchemaDistribution.distribute(connection));

            assertThat(refusal.getMessage(), startsWith("This database has no Citus."));
        }
    }
}
