package backoffice.testsupport;

import java.util.HashMap;
import java.util.Map;

/** A database without tables on the PostgreSQL of the tests, until it is closed, and its user {@value #USER}. */
public final class EmptyDatabase implements AutoCloseable {

    public static final String USER = "migrator";
    public static final String PASSWORD = "migrator";
    private static final String NAME = "empty";

    public EmptyDatabase() {
        Sql.execute("create database " + NAME);
        Sql.execute("create user " + USER + " password '" + PASSWORD + "'");
        execute("grant create on schema public to " + USER);
    }

    public String url() {
        return PostgresResource.jdbcUrl(NAME);
    }

    /** The environment variables that connect a packaged application to it, and more variables, such as {@code A=b}. */
    public Map<String, String> environment(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", url().replace("jdbc:", ""),
                "QUARKUS_DATASOURCE_USERNAME", USER,
                "QUARKUS_DATASOURCE_PASSWORD", PASSWORD));
        for (String variable : more) {
            environment.put(variable.split("=")[0], variable.split("=", 2)[1]);
        }
        return environment;
    }

    public void allowExtensions() {
        execute("grant create on database " + NAME + " to " + USER);
    }

    /** Creates a schema for {@value #USER}, and makes it the one in which new connections look for tables. */
    public void useSchema(String schema) {
        execute("create schema if not exists \"%s\" authorization %s".formatted(schema, USER));
        execute("alter database %s set search_path = \"%s\"".formatted(NAME, schema));
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
        Sql.execute("drop database " + NAME + " with (force)");
        Sql.execute("drop user " + USER);
    }
}
