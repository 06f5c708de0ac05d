package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
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
        Sql.execute("drop database if exists " + DATABASE + " with (force)");
        Sql.execute("drop role if exists customer_groups, " + OWNER + ", administrator");
    }

    @Test
    void an_administrator_without_superuser_sets_the_database_up_and_it_has_no_extension() throws Exception {
        // Given the users that an administrator has created
        Sql.execute("create role administrator login createrole createdb password '" + PASSWORD + "'");
        String[] parts = sql("docs/managed-postgresql.md").split("\\\\connect " + DATABASE + " " + OWNER);
        try (SqlConnection connection = connection("postgres", "administrator")) {
            // Each statement by itself, because a database is not created in a transaction.
            Stream.of(parts[0].strip().split(";")).forEach(connection::execute);
        }
        try (SqlConnection connection = connection(DATABASE, OWNER)) {
            connection.execute(parts[1]);

            // When the schema is migrated, and the service uses it
            run(OWNER, "schema", "migrate");
            run(OWNER, "keys", "create", "--vendor", "acme", "--name", "ci");

            // Then
            assertEquals("plpgsql", connection.text("select string_agg(extname, ',') from pg_extension"));
        }
    }

    @Test
    void the_one_user_and_the_database_of_the_page_on_settings_suffice() throws Exception {
        Stream.of(sql("docs/configuration.md").strip().split(";")).forEach(Sql::execute);

        run("customer_groups", "schema", "migrate");
    }

    private static String sql(String page) {
        return Page.of(page).blocks("sql").get(0).text().replace("'…'", "'" + PASSWORD + "'");
    }

    private static SqlConnection connection(String database, String user) {
        return new SqlConnection("jdbc:" + Sql.urlOf(database) + "?user=" + user + "&password=" + PASSWORD);
    }

    /** Runs a command of the application, which must succeed. */
    private static void run(String migrationUser, String... command) throws Exception {
        Map<String, String> environment = Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                Sql.urlOf(DATABASE),
                "QUARKUS_DATASOURCE_USERNAME",
                "customer_groups",
                "QUARKUS_DATASOURCE_PASSWORD",
                PASSWORD,
                "QUARKUS_DATASOURCE_MIGRATION_USERNAME",
                migrationUser);
        Outcome outcome = PackagedApplication.command(environment, command);
        assertEquals(0, outcome.exitCode(), outcome.err());
    }
}
