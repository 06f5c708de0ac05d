package backoffice.testsupport;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One connection to the database of the tests, for tests that send thousands of statements. */
public final class SqlConnection implements AutoCloseable {

    private final Connection connection;

    public SqlConnection() {
        this(PostgresResource.jdbcUrl());
    }

    /** @param jdbcUrl the database, with a user */
    public SqlConnection(String jdbcUrl) {
        connection =
                Unchecked.supplier(() -> DriverManager.getConnection(jdbcUrl)).get();
    }

    /** Executes statements, separated by semicolons, as one transaction. */
    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public String text(String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    @Override
    public void close() {
        Unchecked.consumer(Connection::close).accept(connection);
    }
}
