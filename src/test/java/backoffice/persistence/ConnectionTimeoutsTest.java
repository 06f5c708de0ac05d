package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.SqlClient;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** PostgreSQL itself ends statements and transactions whose call has ended. See docs/adr/0010. */
@QuarkusTest
class ConnectionTimeoutsTest {

    @Inject
    Connections connections;

    @Inject
    @DataSource("migration")
    AgroalDataSource migration;

    @Test
    void every_connection_of_the_service_has_the_timeouts_of_statements_and_of_idle_transactions() {
        String timeouts =
                "select current_setting('statement_timeout'), current_setting('idle_in_transaction_session_timeout')";
        for (SqlClient client : List.of(connections.calls, connections.reads, connections.aside)) {
            List<Object[]> rows = VendorSql.send(client, timeouts, new Object[0])
                    .await()
                    .indefinitely()
                    .value();

            assertArrayEquals(new Object[][] {{"4s", "10s"}}, rows.toArray());
        }
    }

    @Test
    void the_migration_has_no_timeout_of_statements_even_if_its_role_has_one() throws SQLException {
        Sql.execute("alter role current_user set statement_timeout = '4s'");

        // A new pool has no connection from before.
        try (AgroalDataSource pool = AgroalDataSource.from(migration.getConfiguration());
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("show statement_timeout")) {
            result.next();
            assertEquals("0", result.getString(1));
        } finally {
            Sql.execute("alter role current_user reset statement_timeout");
        }
    }
}
