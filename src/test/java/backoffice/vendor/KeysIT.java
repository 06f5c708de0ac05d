package backoffice.vendor;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PgBouncer;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The command {@code keys}, and keys that come and go under two running instances, behind PgBouncer if it is there. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class KeysIT {

    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(10);

    private final List<Integer> ports = List.of(Ports.free(), Ports.free());
    private final Map<String, String> environment = new HashMap<>();
    private PostgresProcess database;
    private Path directory;
    private List<Running> instances = List.of();

    @BeforeAll
    void start() throws Exception {
        database = new PostgresProcess();
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "keys");
        environment.put(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                PgBouncer.isInstalled() ? PgBouncer.start(database.url(), database.user(), "none") : database.url());
        environment.put("QUARKUS_DATASOURCE_MIGRATION_JDBC_URL", "jdbc:" + database.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "");
        environment.put("BACKOFFICE_BITKEYS_DIRECTORY", directory.toString());
        environment.put("BACKOFFICE_BITKEYS_MAX_AGE", "2s");
        environment.put("BACKOFFICE_BITKEYS_FAIL_CLOSED", "false");
        // The first key comes from the database, so no key is configured.
        create("first");
        instances = List.of(startInstance(ports.get(0)), startInstance(ports.get(1)));
        for (Running instance : instances) {
            instance.awaitListening();
        }
    }

    private Running startInstance(int port) throws IOException {
        return PackagedApplication.start(port, Ports.free(), environment);
    }

    @AfterAll
    void stop() throws IOException {
        instances.forEach(Running::close);
        database.close();
    }

    @Test
    void a_key_is_rotated_under_load_without_one_wrong_answer() throws Exception {
        // Given a client that calls both instances 100 times a second
        AtomicReference<String> key = new AtomicReference<>(create("of-today"));
        awaitStatus(key.get(), 200);
        AtomicBoolean open = new AtomicBoolean(true);
        CompletableFuture<Integer> client = CompletableFuture.supplyAsync(
                () -> {
                    int calls = 0;
                    while (open.get()) {
                        int port = ports.get(calls++ % ports.size());
                        assertEquals(200, status(port, key.get()));
                        Await.sleep(BETWEEN_CALLS);
                    }
                    return calls;
                },
                Threads.NEW);

        // When its key is replaced
        String before = key.get();
        String next = create("of-tomorrow");
        awaitStatus(next, 200);
        key.set(next);
        Thread.sleep(100);
        assertEquals(0, keys("revoke", "--vendor", "acme", "--name", "of-today").exitCode());

        // Then the old key is unknown on both instances within the promised time, and no answer was wrong
        awaitStatus(before, 401);
        open.set(false);
        assertThat(client.join(), greaterThan(50));
    }

    @Test
    void keys_of_mounted_files_are_read_again() throws Exception {
        Files.writeString(directory.resolve("globex"), "mounted-key\n");
        awaitStatus("mounted-key", 200);

        Files.writeString(directory.resolve("globex"), "next-key, another-key\n");
        awaitStatus("next-key", 200);
        awaitStatus("another-key", 200);
        awaitStatus("mounted-key", 401);
    }

    @Test
    void settings_of_keys_are_no_keys() {
        for (String value : List.of(directory.toString(), "2s", "false")) {
            assertEquals(401, status(ports.get(0), value));
        }
    }

    @Test
    void known_keys_stay_good_while_the_database_is_away() throws Exception {
        String key = create("during-an-outage");
        awaitStatus(key, 200);

        database.kill();
        try {
            Thread.sleep(PROMISED.toMillis());
            assertEquals(503, status(ports.get(0), key));
            assertEquals(401, status(ports.get(0), "wrong"));
        } finally {
            database.start();
            // PgBouncer tries a server that has failed again after 15 s.
            awaitStatus(key, 200, Duration.ofSeconds(30));
        }
    }

    @Test
    void a_list_shows_names_scopes_and_states_and_no_key() throws Exception {
        String key = create("listed", "--read-only", "--expires", "2100-01-01");
        keys("create", "--vendor", "ACME_Corp", "--name", "other");
        keys("revoke", "--vendor", "acme-corp", "--name", "other");

        String list = keys("list").out();

        assertThat(list, matchesPattern("(?s)VENDOR +NAME +SCOPE +CREATED +EXPIRES +LAST USED +STATE\n.*"));
        assertThat(
                list,
                matchesPattern("(?s).*\nacme +listed +read-only +\\d{4}-\\d\\d-\\d\\d +2100-01-01 +- +valid\n.*"));
        assertThat(list, matchesPattern("(?s).*\nacme-corp +other +all +\\d{4}-\\d\\d-\\d\\d +- +- +revoked\n.*"));
        assertThat(list, not(containsString(key)));
    }

    @Test
    void wrong_usage_is_explained() throws Exception {
        create("twice");

        assertFails(
                3,
                "Vendor acme has or had a key twice. Choose another name.",
                "create",
                "--vendor",
                "acme",
                "--name",
                "twice");
        assertFails(
                3, "Vendor acme has no key nothing that is valid.", "revoke", "--vendor", "acme", "--name", "nothing");
        assertFails(2, "is not accepted", "create", "--vendor", "acme", "--name", "a b");
        assertFails(2, "--expires", "create", "--vendor", "acme", "--name", "date", "--expires", "tomorrow");
    }

    private String create(String name, String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("create", "--vendor", "acme", "--name", name));
        arguments.addAll(List.of(options));
        Outcome outcome = keys(arguments.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.err());
        return outcome.out().strip();
    }

    private Outcome keys(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("keys"));
        command.addAll(List.of(arguments));
        return PackagedApplication.command(environment, command.toArray(String[]::new));
    }

    private void assertFails(int exitCode, String message, String... arguments) throws Exception {
        Outcome outcome = keys(arguments);
        assertEquals(exitCode, outcome.exitCode(), outcome.err());
        assertThat(outcome.err(), containsString(message));
    }

    private void awaitStatus(String key, int code) {
        awaitStatus(key, code, PROMISED);
    }

    private void awaitStatus(String key, int code, Duration timeout) {
        for (int port : ports) {
            Await.until(
                    timeout, () -> status(port, key) == code, () -> "The key does not get " + code + " in " + timeout);
        }
    }

    private static int status(int port, String key) {
        return Api.as(key).on(port).get("/customer_groups").extract().statusCode();
    }
}
