package backoffice.testsupport;

import java.util.Map;

/** A database without a schema, on the server of the tests, as its superuser sees it; {@value #USER} may make tables there. */
public final class EmptyDatabase implements AutoCloseable {

    public static final String USER = "migrator";
    public static final String PASSWORD = "migrator";
    private static final String NAME = "empty";

    public EmptyDatabase() {
        Sql.execute("create database " + NAME);
        Sql.execute("create user " + USER + " password '" + PASSWORD + "'");
        execute("grant create on schema public to " + USER);
    }

    /** Where JDBC finds it. */
    public String url() {
        return PostgresResource.jdbcUrl(NAME);
    }

    /** What leads a packaged application to it. */
    public Map<String, String> environment() {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                url().replace("jdbc:", ""),
                "QUARKUS_DATASOURCE_USERNAME",
                USER,
                "QUARKUS_DATASOURCE_PASSWORD",
                PASSWORD);
    }

    /** Lets {@value #USER} create extensions that PostgreSQL trusts. */
    public void allowExtensions() {
        execute("grant create on database " + NAME + " to " + USER);
    }

    public void execute(String sql) {
        Sql.execute(PostgresResource.asSuperuser(url()), sql);
    }

    /** The one value that a query selects, as text. */
    public String text(String sql) {
        return Sql.text(PostgresResource.asSuperuser(url()), sql);
    }

    @Override
    public void close() {
        Sql.execute("drop database " + NAME + " with (force)");
        Sql.execute("drop user " + USER);
    }
}
