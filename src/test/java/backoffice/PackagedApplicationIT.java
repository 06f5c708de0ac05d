package backoffice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.End;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The executable contains no development tools, and the packaged application does not start when it is misconfigured. */
@Tag("slow")
@BesideOtherTests
class PackagedApplicationIT {

    @Test
    @EnabledIf(
            value = "backoffice.testsupport.PackagedApplication#isNative",
            disabledReason = "it examines a native executable, and a jar was built")
    void the_executable_does_not_contain_the_embedded_postgresql() throws IOException {
        String executable = Files.readString(PackagedApplication.file(), StandardCharsets.ISO_8859_1);

        assertTrue(executable.contains("backoffice/group/"));
        assertTrue(!executable.contains("io/zonky"));
        assertTrue(!executable.contains("backoffice/devmode/"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -                    | -             | Set BACKOFFICE_BITKEYS_<VENDOR>=<key>, such as BACKOFFICE_BITKEYS_ACME=
            BACKOFFICE_BITKEYS_A | sha256:secret | A bitkey in backoffice.bitkeys.a is not sha256: and 64
            BACKOFFICE_BITKEYS_A | secret        | The schema could not be brought up to date. Unable to obtain connection
            """)
    void a_failed_start_exits_with_1_and_a_message_that_says_what_to_fix(String variable, String value, String sentence)
            throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(PackagedApplication.WITHOUT_DATABASE);
        environment.put("QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES", "0");
        if (variable != null) {
            environment.put(variable, value);
        }

        End end = PackagedApplication.run(environment);

        assertThat(end.output(), containsString(sentence));
        assertThat(end.output(), not(containsString("secret")));
        assertThat(end.exitCode(), is(1));
    }

    @Test
    void a_start_with_keys_in_the_database_alone_says_whether_it_has_none_or_cannot_be_read() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase()) {
            String none = PackagedApplication.run(database.environment()).output();
            String down = PackagedApplication.run(
                            database.environment("QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://localhost:1/down"))
                    .output();

            assertThat(none, containsString("No bitkey is configured, and the database has none"));
            assertThat(down, containsString("No bitkey is configured, and those of the database cannot be read ("));
            assertThat(down, containsString("Connection refused"));
            assertThat(down, not(containsString("the database has none")));
        }
    }

    @Test
    void a_start_without_a_database_ends_with_one_line_that_names_the_setting() throws Exception {
        End service = PackagedApplication.run(Map.of("BACKOFFICE_BITKEYS_A", "secret"));
        Outcome command = PackagedApplication.command(Map.of(), "keys", "list");

        assertThat(service.output(), containsString("quarkus.datasource.reactive.url"));
        assertThat(service.output(), not(containsString("exception")));
        assertThat(service.exitCode(), is(1));
        assertThat(
                command.err(),
                endsWith("The command needs the settings of the service, at least QUARKUS_DATASOURCE_REACTIVE_URL.\n"));
        assertThat(command.err(), not(containsString("\tat ")));
        assertThat(command.exitCode(), is(2));
    }

    @Test
    void an_instance_that_does_not_migrate_leaves_the_schema_connects_before_its_first_call_and_uses_epoll()
            throws Exception {
        try (EmptyDatabase database = new EmptyDatabase()) {
            Map<String, String> environment =
                    database.environment("BACKOFFICE_MIGRATE_AT_START=false", "BACKOFFICE_BITKEYS_A=secret");

            try (Running service = PackagedApplication.start(environment)) {
                // One of the calls, one that reads the bitkeys, and perhaps one of readiness.
                Sql.await(
                        "select (count(*) >= 2)::int from pg_stat_activity where usename = '" + database.user + "'", 1);
                assertNull(
                        database.text("select string_agg(tablename, ' ') from pg_tables where schemaname = 'public'"));
                Path memory =
                        Path.of("/proc/%d/maps".formatted(service.process().pid()));
                assertThat(Files.readString(memory), containsString("netty_transport_native_epoll"));
            }
        }
    }
}
