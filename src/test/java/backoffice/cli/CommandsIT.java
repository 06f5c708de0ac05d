package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PostgresResource;
import backoffice.testsupport.Race;
import backoffice.testsupport.RepositoryFiles;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code schema migrate}, as a step before a rollout; the profiles and the version of all commands. */
@Tag("slow")
@BesideOtherTests
class CommandsIT {

    private static final String TRIGGERS = "select count(*) from pg_trigger where tgname like 'history%'";

    @Test
    void pods_that_start_together_migrate_the_schema_once_without_a_bitkey() {
        withReader(database -> {
            // Given a user of the service who may not change the schema, whose instances migrate at their start or not
            Function<String, Map<String, String>> environment = atStart -> database.environment(
                    "QUARKUS_DATASOURCE_USERNAME=reader",
                    "QUARKUS_DATASOURCE_PASSWORD=reader",
                    "QUARKUS_DATASOURCE_MIGRATION_USERNAME=" + database.user,
                    "QUARKUS_DATASOURCE_MIGRATION_PASSWORD=" + EmptyDatabase.PASSWORD,
                    "BACKOFFICE_MIGRATE_AT_START=" + atStart);

            // When the command runs in two pods at once, and in a later one
            List<Outcome> together = Race.run(List.<Callable<Outcome>>of(
                    () -> migrate(environment.apply("true")), () -> migrate(environment.apply("false"))));
            Outcome later = migrate(environment.apply("false"));

            // Then they say what they applied, and each migration is applied once
            assertThat(together.stream().map(Outcome::exitCode).toList(), everyItem(is(0)));
            assertThat(
                    together.stream().map(Outcome::out).toList(),
                    hasItem(matchesPattern("(?s)V1 schema\n(.*\n)?Migrations applied: [1-9]\\d*\\. "
                            + "The schema has version \\d+\\.\n")));
            assertThat(later.err(), later.exitCode(), is(0));
            assertThat(later.out(), startsWith("Migrations applied: 0. The schema has version "));
            long migrations = RepositoryFiles.below("src/main/resources/db")
                    .filter(file -> file.getFileName().toString().matches("[VR].*\\.sql"))
                    .count();
            assertEquals(
                    migrations + " true",
                    database.text("select count(*) || ' ' || bool_and(success) from flyway_schema_history"));
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', permission denied for schema public, ''",
        "'grant create on schema public to reader; revoke usage on language plpgsql from public',"
                + " permission denied for language plpgsql, Location"
    })
    void a_migration_that_fails_says_why_and_changes_nothing(String grants, String cause, String place) {
        withReader(database -> {
            database.execute(grants);

            Outcome outcome = migrate(database.environment(
                    "QUARKUS_DATASOURCE_MIGRATION_USERNAME=reader", "QUARKUS_DATASOURCE_MIGRATION_PASSWORD=reader"));

            assertFails(cause, outcome);
            assertThat(outcome.err(), containsString(place));
            // Flyway names an option that the command does not have.
            assertThat(outcome.err(), not(containsString("-X")));
            assertEquals("0", database.text("select count(*) from pg_tables where tablename = 'customer'"));
        });
    }

    /** Does this with an empty database, and with a role that may not change its schema. */
    private static void withReader(Consumer<EmptyDatabase> test) {
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.execute("create role reader login password 'reader'");
            try {
                test.accept(database);
            } finally {
                database.execute("drop owned by reader; drop role reader");
            }
        }
    }

    @Test
    void commands_of_keys_change_nothing_else_in_the_database() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            String tables = "select count(*) from pg_class where relnamespace = 'public'::regnamespace";
            for (String command : List.of("list", "create --vendor a --name b", "revoke --vendor a --name b")) {
                // Given an empty database
                Outcome none = command(database.environment(), "keys " + command);

                assertFails("Run schema migrate, or start the service.", none);
                assertEquals("", none.out());
                assertEquals("0", database.text(tables));
            }

            // Given one with a schema and a history, which the environment of the command does not have
            assertThat(migrate(database.environment("BACKOFFICE_HISTORY=on")).exitCode(), is(0));
            Outcome created = command(database.environment(), "keys create --vendor a --name b");
            assertThat(created.err(), created.exitCode(), is(0));
            assertEquals("4", database.text(TRIGGERS));
        }
    }

    @Test
    void a_migration_without_the_history_leaves_and_reports_it_and_its_removal_is_an_option() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            migrate(database.environment("BACKOFFICE_HISTORY=on"));

            Outcome off = migrate(database.environment());
            assertThat(
                    off.err(),
                    containsString("The database records changes, although backoffice.history is off here."));
            assertThat(off.exitCode(), is(0));
            assertEquals("4", database.text(TRIGGERS));

            Outcome on = command(database.environment("BACKOFFICE_HISTORY=on"), "schema migrate --remove-history");
            assertFails("BACKOFFICE_HISTORY is on.", on);
            assertEquals("4", database.text(TRIGGERS));

            Outcome removal = command(database.environment(), "schema migrate --remove-history");
            assertThat(removal.out(), startsWith("The database records no changes any more."));
            assertThat(removal.err(), removal.exitCode(), is(0));
            assertEquals("0", database.text(TRIGGERS));
            assertEquals("0", database.text("select count(*) from history"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost:1, The schema could not be brought up to date. ",
        "no-such-host.invalid, UnknownHostException: no-such-host.invalid"
    })
    void a_migration_without_a_database_says_so_and_exits_with_3(String host, String reason) {
        assertFails(
                reason,
                migrate(Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "postgresql://" + host + "/postgres",
                        "QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES",
                        "0")));
    }

    /** A repair of Flyway would take the difference for none. */
    @Test
    void a_migration_on_the_schema_of_another_version_says_what_to_do_and_advises_no_repair() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase()) {
            migrate(database.environment());
            database.text("update flyway_schema_history set checksum = 1 where version = '1' returning version");

            Outcome outcome = migrate(database.environment());

            assertFails("checksum mismatch for migration version 1", outcome);
            assertThat(outcome.err(), containsString("Another version of the service has made this schema."));
            assertThat(outcome.err(), not(containsString("repair")));
        }
    }

    @Test
    void sigterm_ends_a_migration_that_waits_for_the_database() throws Exception {
        // Given a command that tries to connect again for half a minute
        try (Running command =
                PackagedApplication.startCommand(PackagedApplication.WITHOUT_DATABASE, "schema", "migrate")) {
            Await.atMost(Duration.ofSeconds(30))
                    .until(() -> RepositoryFiles.text(command.output()), containsString("Retrying"));

            // When
            command.terminate();

            // Then
            assertTrue(command.process().waitFor(10, TimeUnit.SECONDS));
        }
    }

    private static void assertFails(String reason, Outcome outcome) {
        assertThat(outcome.err(), allOf(containsString(reason), not(containsString("\tat "))));
        assertThat(outcome.exitCode(), is(3));
    }

    private static Outcome migrate(Map<String, String> environment) {
        return command(environment, "schema migrate");
    }

    private static Outcome command(Map<String, String> environment, String command) {
        return Unchecked.supplier(() -> PackagedApplication.command(environment, command.split(" ")))
                .get();
    }

    @ParameterizedTest
    @CsvSource({"'prod, staging', schema migrate, 0", "'prod, staging', keys list, 0", "prod, keys list, 3"})
    void a_command_has_the_values_of_the_profiles_that_are_named(String profiles, String command, int exitCode) {
        // Given the address of the database in the profile staging
        String url = "QUARKUS_DATASOURCE_REACTIVE_URL";
        Map<String, String> environment = new HashMap<>(PostgresResource.environment());
        environment.put("_STAGING_" + url, environment.put(url, "postgresql://localhost:1/none"));
        environment.put("QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES", "0");
        environment.put("QUARKUS_PROFILE", profiles);

        Outcome outcome = command(environment, command);

        assertThat(outcome.err(), outcome.exitCode(), is(exitCode));
    }

    @Test
    void the_application_tells_its_version_and_its_commit() {
        Outcome outcome = command(Map.of(), "--version");

        assertThat(
                outcome.out(),
                matchesPattern(
                        "customer-groups \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, commit ([0-9a-f]{12}(-modified)?|unknown)\n"));
        assertThat(outcome.err(), outcome.exitCode(), is(0));
    }
}
