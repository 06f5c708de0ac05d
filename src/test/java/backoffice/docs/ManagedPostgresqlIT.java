package backoffice.docs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The users of docs/managed-postgresql.md suffice, which a non-superuser creates, and so does that of configuration.md. */
@Tag("slow")
class ManagedPostgresqlIT {

    private static final String DATABASE = "customer_groups";
    private static final String OWNER = "customer_groups_migration";
    private static final String PASSWORD = "change-me";

    @AfterEach
    void drop_the_database_and_its_users() {
        Stream.of(
                        "drop database if exists " + DATABASE + " with (force)",
                        "drop role if exists customer_groups",
                        "drop role if exists " + OWNER,
                        "drop role if exists administrator")
                .forEach(Sql::execute);
    }

    @Test
    void an_administrator_without_superuser_sets_the_database_up_and_it_has_no_extension() throws Exception {
        // Given the users that an administrator has created
        Sql.execute("create role administrator login createrole createdb password '" + PASSWORD + "'");
        String sql = Page.of("docs/managed-postgresql.md").blocks("sql").get(0).text();
        String[] parts = sql.replace("'…'", "'" + PASSWORD + "'").split("\\\\connect " + DATABASE + " " + OWNER);
        execute("postgres", "administrator", parts[0]);
        execute(DATABASE, OWNER, parts[1]);

        // When the schema is migrated, and the service uses it
        Outcome migration = run(OWNER, "schema", "migrate");
        Outcome use = run(OWNER, "keys", "create", "--vendor", "acme", "--name", "ci");

        // Then
        assertThat(migration.err(), migration.exitCode(), is(0));
        assertThat(use.err(), use.exitCode(), is(0));
        try (SqlConnection connection = connection(DATABASE, OWNER)) {
            assertEquals("plpgsql", connection.text("select string_agg(extname, ',') from pg_extension"));
        }
    }

    @Test
    void the_one_user_and_the_database_of_the_page_on_settings_suffice() throws Exception {
        // Given the database
        Stream.of(Page.of("docs/configuration.md")
                        .blocks("sql")
                        .get(0)
                        .text()
                        .strip()
                        .split(";"))
                .forEach(Sql::execute);

        // When the user of the service migrates the schema
        Outcome migration = run("customer_groups", "schema", "migrate");

        // Then
        assertThat(migration.err(), migration.exitCode(), is(0));
    }

    /** Each statement by itself, because a database is not created in a transaction. */
    private static void execute(String database, String user, String sql) {
        try (SqlConnection connection = connection(database, user)) {
            Stream.of(sql.strip().split(";")).forEach(connection::execute);
        }
    }

    private static SqlConnection connection(String database, String user) {
        return new SqlConnection("jdbc:" + Sql.urlOf(database) + "?user=" + user + "&password=" + PASSWORD);
    }

    private static Outcome run(String migrationUser, String... command) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", Sql.urlOf(DATABASE));
        environment.put("QUARKUS_DATASOURCE_USERNAME", "customer_groups");
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PASSWORD);
        environment.put("QUARKUS_DATASOURCE_MIGRATION_USERNAME", migrationUser);
        return PackagedApplication.command(environment, command);
    }
}
