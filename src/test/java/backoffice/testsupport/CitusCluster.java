package backoffice.testsupport;

import backoffice.persistence.SchemaDistribution;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;

/**
 * A Citus cluster for the tests: {@code -Dbackoffice.test.citus=HOST:PORT} names its coordinator. The tests use the
 * database {@code postgres}, in which the nodes have the extension, as the user {@code postgres} with the password
 * {@code postgres}. They drop all tables of the service.
 */
public final class CitusCluster {

    /** The property that names the coordinator. */
    public static final String PROPERTY = "backoffice.test.citus";

    private CitusCluster() {}

    static boolean isConfigured() {
        return System.getProperty(PROPERTY) != null;
    }

    /** Creates the distributed tables and returns the URL of the database. */
    static String start() {
        String url = "postgresql://" + System.getProperty(PROPERTY) + "/postgres";
        String jdbcUrl = PostgresResource.asSuperuser("jdbc:" + url);
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            Flyway flyway = Flyway.configure()
                    .dataSource(jdbcUrl, null, null)
                    .cleanDisabled(false)
                    .load();
            flyway.clean();
            flyway.migrate();
            SchemaDistribution.distribute(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(url, e);
        }
        return url;
    }
}
