package backoffice.testsupport;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A database without tables on the PostgreSQL of the tests, until it is closed, and a user of its own. */
public final class EmptyDatabase implements AutoCloseable {

    public static final String PASSWORD = "migrator";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int number = COUNT.incrementAndGet();
    private final String name = "empty_" + number;
    public final String user = "migrator_" + number;

    public EmptyDatabase() {
        Sql.execute("create database " + name);
        Sql.execute("create user " + user + " password '" + PASSWORD + "'");
        execute("grant create on schema public to " + user);
    }

    public String url() {
        return PostgresResource.jdbcUrl(name);
    }

    /** The environment variables that connect a packaged application to it, and more variables, such as {@code A=b}. */
    public Map<String, String> environment(String... more) {
        return PackagedApplication.environment(
                Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL", url().replace("jdbc:", ""),
                        "QUARKUS_DATASOURCE_USERNAME", user,
                        "QUARKUS_DATASOURCE_PASSWORD", PASSWORD),
                more);
    }

    /** Creates a schema for {@link #user}, and makes it the one in which new connections look for tables. */
    public void useSchema(String schema) {
        execute("create schema if not exists \"%s\" authorization %s".formatted(schema, user));
        execute("alter database %s set search_path = \"%s\"".formatted(name, schema));
    }

    public void execute(String sql) {
        Sql.execute(PostgresResource.asSuperuser(url()), sql);
    }

    /** Executes a statement in a transaction, runs the work while that transaction is open, and rolls it back. */
    public void duringTransaction(String sql, Runnable work) {
        Sql.duringTransaction(PostgresResource.asSuperuser(url()), sql, work);
    }

    public String text(String sql) {
        return Sql.text(PostgresResource.asSuperuser(url()), sql);
    }

    @Override
    public void close() {
        Sql.execute("drop database " + name + " with (force)");
        Sql.execute("drop user " + user);
    }
}
