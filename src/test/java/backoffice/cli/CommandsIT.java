package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Command;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PostgresResource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command {@code schema migrate}, as a step before a rollout; the profiles and the version of all commands. */
class CommandsIT {

    private static final Map<String, String> UNREACHABLE = Map.of(
            "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/postgres",
            "QUARKUS_DATASOURCE_USERNAME", "postgres",
            "QUARKUS_DATASOURCE_PASSWORD", "postgres");

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void the_schema_is_migrated_once_without_a_bitkey_whatever_the_service_does_at_start(String atStart)
            throws Exception {
        try (EmptyDatabase database = new EmptyDatabase()) {
            // Given an empty database, and a user of the service who may not change the schema
            database.execute("create role reader login password 'reader'");
            Map<String, String> environment = new HashMap<>(database.environment());
            environment.put("QUARKUS_DATASOURCE_USERNAME", "reader");
            environment.put("QUARKUS_DATASOURCE_PASSWORD", "reader");
            environment.put("QUARKUS_DATASOURCE_MIGRATION_USERNAME", EmptyDatabase.USER);
            environment.put("QUARKUS_DATASOURCE_MIGRATION_PASSWORD", EmptyDatabase.PASSWORD);
            environment.put("BACKOFFICE_MIGRATE_AT_START", atStart);
            try {
                // When the command runs twice
                Outcome first = migrate(environment);
                Outcome second = migrate(environment);

                // Then the first run says what it applied, and the second applies nothing
                assertThat(first.err(), first.exitCode(), is(0));
                assertThat(
                        first.out(),
                        matchesPattern("(?s)V1 schema\n(.*\n)?Migrations applied: [1-9]\\d*\\. "
                                + "The schema has version \\d+\\.\n"));
                assertEquals("0", database.text("select count(*) from customer"));
                assertThat(second.err(), second.exitCode(), is(0));
                assertThat(second.out(), startsWith("Migrations applied: 0. The schema has version "));
            } finally {
                database.execute("drop role reader");
            }
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void a_migration_that_fails_says_why_and_exits_with_3(String atStart) throws Exception {
        Map<String, String> environment = new HashMap<>(UNREACHABLE);
        environment.put("QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES", "0");
        environment.put("BACKOFFICE_MIGRATE_AT_START", atStart);

        Outcome outcome = migrate(environment);

        assertThat(outcome.err(), containsString("The schema could not be brought up to date. "));
        assertThat(outcome.err(), not(containsString("\tat ")));
        assertThat(outcome.exitCode(), is(3));
    }

    @Tag("slow")
    @Test
    void sigterm_ends_a_migration_that_waits_for_the_database() throws Exception {
        // Given a command that tries to connect again for half a minute
        try (Command command = PackagedApplication.startCommand(UNREACHABLE, "schema", "migrate")) {
            while (!command.output().contains("Retrying")) {
                assertTrue(command.process().isAlive(), command.output());
                Thread.sleep(20);
            }

            // When
            command.terminate();

            // Then
            assertTrue(command.process().waitFor(10, TimeUnit.SECONDS));
        }
    }

    private static Outcome migrate(Map<String, String> environment) throws IOException, InterruptedException {
        return PackagedApplication.command(environment, "schema", "migrate");
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"schema migrate", "keys list"})
    void a_command_has_the_values_of_the_profiles_that_are_named(String command) throws Exception {
        Map<String, String> environment = staging();
        environment.put("QUARKUS_PROFILE", "prod, staging");

        Outcome outcome = PackagedApplication.command(environment, command.split(" "));

        assertThat(outcome.err(), outcome.exitCode(), is(0));
    }

    @Tag("slow")
    @Test
    void a_command_without_a_profile_does_not_have_them() throws Exception {
        assertThat(PackagedApplication.command(staging(), "keys", "list").exitCode(), is(3));
    }

    /** The profile {@code staging} has the address of the database. */
    private static Map<String, String> staging() {
        String url = "QUARKUS_DATASOURCE_REACTIVE_URL";
        Map<String, String> environment = new HashMap<>(PostgresResource.environment());
        environment.put("_STAGING_" + url, environment.put(url, "postgresql://localhost:1/none"));
        environment.put("QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES", "0");
        return environment;
    }

    @Test
    void the_application_tells_its_version_and_its_commit() throws Exception {
        Outcome outcome = PackagedApplication.command(Map.of(), "--version");

        assertThat(
                outcome.out(),
                matchesPattern(
                        "customer-groups \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?, commit ([0-9a-f]{12}(-modified)?|unknown)\n"));
        assertThat(outcome.err(), outcome.exitCode(), is(0));
    }

    @Test
    void the_help_names_the_option() throws Exception {
        assertThat(PackagedApplication.command(Map.of(), "--help").out(), containsString("--version"));
    }
}
