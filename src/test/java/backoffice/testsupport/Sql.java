package backoffice.testsupport;

import backoffice.devmode.EmbeddedPostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The database of the tests, past the service. */
public final class Sql {

    private static final String CLEAN = "truncate customer, customer_group, replay";

    private Sql() {}

    /** Leaves no row of any vendor. */
    public static void clean() {
        execute(CLEAN);
    }

    /** Leaves the demo data of dev mode alone, as data of the vendor acme. */
    public static void demoData() {
        clean();
        execute(demoDataOfDev().replace("'dev'", "'acme'"));
    }

    /** The same in another database of the server, as data of the vendor that it is of in dev mode. */
    public static void demoDataOfDev(String database) {
        executeIn(database, CLEAN + ";" + demoDataOfDev());
    }

    private static String demoDataOfDev() {
        try (InputStream script = EmbeddedPostgresServer.class.getResourceAsStream("demo-data.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Executes something in another database of the server, as its superuser. */
    public static void executeIn(String database, String sql) {
        execute(PostgresResource.asSuperuser(PostgresResource.jdbcUrl(database)), sql);
    }

    /** Where the service finds another database of the server. */
    public static String urlOf(String database) {
        return PostgresResource.jdbcUrl(database).replace("jdbc:", "");
    }

    public static void execute(String sql) {
        execute(PostgresResource.jdbcUrl(), sql);
    }

    static void execute(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs something while a transaction is open that executed a statement. */
    public static void duringTransaction(String sql, Runnable work) {
        try (Connection connection = DriverManager.getConnection(PostgresResource.jdbcUrl());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            work.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Waits until a query selects a number, for some seconds at the most. */
    public static void await(String sql, long number) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (number(sql) != number) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(sql + " does not come to " + number);
            }
        }
    }

    /** Waits until so many statements wait for locks, for some seconds at the most. */
    public static void awaitLockWaits(int statements) {
        await("select count(*) from pg_stat_activity where wait_event_type = 'Lock'", statements);
    }

    /** Waits until no other connection is in a statement or a transaction, for some seconds at the most. */
    public static void awaitAllIdle() {
        await(
                "select count(*) from pg_stat_activity where state not in ('idle', 'disabled') and pid <> pg_backend_pid()",
                0);
    }

    /** The one number that a query selects. */
    public static long number(String sql) {
        return Long.parseLong(text(sql));
    }

    /** The one value that a query selects, as text. */
    public static String text(String sql) {
        return text(PostgresResource.jdbcUrl(), sql);
    }

    static String text(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
