package backoffice.testsupport;

import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.time.Duration;

/** Direct SQL access to the database of the tests, without the service. */
public final class Sql {

    /** On distributed tables, no trigger resets the row counts after a truncate. */
    private static final String CLEAN = "truncate customer, customer_group, stored_response"
            + (CitusCluster.isConfigured() ? "; truncate row_count" : "")
            + "; do $$ begin if to_regclass('history') is not null then truncate history; end if; end $$";

    public static final String ACTIVITY = CitusCluster.isConfigured() ? "citus_stat_activity" : "pg_stat_activity";

    /** Without the statement of the readiness check, which runs every ten seconds and waits for locks of tables. */
    public static final String LOCK_WAITS = "select count(*) from " + ACTIVITY
            + " where wait_event_type = 'Lock' and query not like 'select 1 from % where false'";

    private static final String OF_OTHERS =
            CitusCluster.isConfigured() ? "global_pid <> citus_backend_gpid()" : "pid <> pg_backend_pid()";

    /** Each case of most tests cleans, so all share a connection. It takes changes whatever the server is told. */
    private static SqlConnection cleaner;

    private Sql() {}

    public static synchronized void clean() {
        if (cleaner == null) {
            cleaner = new SqlConnection();
            cleaner.execute("set default_transaction_read_only = off");
        }
        cleaner.execute(CLEAN);
    }

    /** Replaces all rows with the demo data of dev mode, as data of the vendor acme. */
    public static void demoData() {
        clean();
        execute(demoDataOfDev().replace("'dev'", "'acme'"));
    }

    /** The same in another database of the server, as data of the vendor dev. */
    public static void demoDataOfDev(String database) {
        executeIn(database, CLEAN + ";" + demoDataOfDev());
    }

    private static String demoDataOfDev() {
        return RepositoryFiles.text(Path.of("src/main/resources/devmode/R__sample_data.sql"));
    }

    public static void executeIn(String database, String sql) {
        execute(PostgresResource.asSuperuser(PostgresResource.jdbcUrl(database)), sql);
    }

    /** The URL of another database of the server, without the prefix {@code jdbc:}. */
    public static String urlOf(String database) {
        return PostgresResource.jdbcUrl(database).replace("jdbc:", "");
    }

    public static void execute(String sql) {
        execute(PostgresResource.jdbcUrl(), sql);
    }

    static void execute(String url, String sql) {
        try (SqlConnection connection = new SqlConnection(url)) {
            connection.execute(sql);
        }
    }

    /** Executes a statement in a transaction, runs the work while that transaction is open, and rolls it back. */
    public static void duringTransaction(String sql, Runnable work) {
        duringTransaction(PostgresResource.jdbcUrl(), sql, work);
    }

    static void duringTransaction(String url, String sql, Runnable work) {
        try (SqlConnection connection = new SqlConnection(url)) {
            connection.execute("begin; " + sql);
            work.run();
            connection.execute("rollback");
        }
    }

    public static void await(String sql, long number) {
        Await.atMost(Duration.ofSeconds(10)).alias(sql).until(() -> number(sql), is(number));
    }

    public static void awaitLockWaits(int statements) {
        await(LOCK_WAITS, statements);
    }

    /** Waits up to 10 s until no other connection runs a statement or has an open transaction. */
    public static void awaitAllIdle() {
        await(
                "select count(*) from " + ACTIVITY + " where state not in ('idle', 'disabled')"
                        + " and backend_type <> 'walsender' and " + OF_OTHERS,
                0);
    }

    public static long deadlocks() {
        return sumOfNodes("select deadlocks from pg_stat_database where datname = current_database()");
    }

    /** Executes a statement that Citus does not execute on the workers too, on each node. */
    public static void executeOnEachNode(String sql) {
        execute(CitusCluster.isConfigured() ? CitusCluster.onEachNode(sql) : sql);
    }

    public static long sumOfNodes(String sql) {
        return number("select coalesce(sum(result::bigint), 0) from ("
                + (CitusCluster.isConfigured() ? CitusCluster.onEachNode(sql) : sql) + ") node (result)");
    }

    public static long number(String sql) {
        return Long.parseLong(text(sql));
    }

    public static String text(String sql) {
        return text(PostgresResource.jdbcUrl(), sql);
    }

    static String text(String url, String sql) {
        try (SqlConnection connection = new SqlConnection(url)) {
            return connection.text(sql);
        }
    }
}
