package backoffice.cluster;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.CitusCluster;
import backoffice.testsupport.EmptyDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The distribution of the tables, where the database has no Citus. */
class SchemaDistributionTest {

    @Test
    void a_plain_postgresql_is_refused_with_a_sentence() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Connection connection =
                        DriverManager.getConnection(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD)) {
            SQLException refusal = assertThrows(
                    SQLException.class, () -> connection.createStatement().execute(CitusCluster.distribution()));

            assertThat(refusal.getMessage(), startsWith("ERROR: This database has no Citus."));
        }
    }
}
