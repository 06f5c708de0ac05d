package backoffice.bitkey;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PgBouncer;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The command {@code keys}, and keys of instances that start and that run, behind PgBouncer if it is there. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
@BesideOtherTests
class KeysIT {

    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(10);
    private static final String SHORT = "nineteen-short-keys";
    private static final String LONG = "twenty-characters-it";

    private final Map<String, String> environment = new HashMap<>();
    private String first;

    @AutoClose
    private PostgresProcess database;

    @AutoClose
    private Running one;

    @AutoClose
    private Running other;

    @BeforeAll
    void start() throws Exception {
        database = new PostgresProcess();
        String url =
                PgBouncer.isInstalled() ? PgBouncer.start(database.url(), database.user(), "none") : database.url();
        environment.putAll(database.environment(
                "QUARKUS_DATASOURCE_REACTIVE_URL=" + url,
                "QUARKUS_DATASOURCE_MIGRATION_JDBC_URL=jdbc:" + database.url(),
                "QUARKUS_DATASOURCE_PASSWORD=",
                "BACKOFFICE_BITKEYS_MAX_AGE=2s"));
        // The first key comes from the database, so no key is configured, and the service has not created the schema.
        assertEquals(
                0, PackagedApplication.command(environment, "schema", "migrate").exitCode());
        first = create("acme", "first");
        one = start(Map.of());
        other = start(Map.of());
        one.awaitListening();
        other.awaitListening();
    }

    /** Starts an instance with more settings, and does not wait for it. */
    private Running start(Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(settings);
        return PackagedApplication.start(Ports.free(), Ports.free(), all);
    }

    @Test
    void a_key_is_rotated_under_load_without_one_wrong_answer() throws Exception {
        // Given a client that calls both instances 100 times a second
        AtomicReference<String> key = new AtomicReference<>(first);
        awaitStatus(key.get(), 200);
        AtomicBoolean open = new AtomicBoolean(true);
        CompletableFuture<Integer> client = CompletableFuture.supplyAsync(
                () -> {
                    int calls = 0;
                    while (open.get()) {
                        assertEquals(200, status(calls++ % 2 == 0 ? one : other, key.get()));
                        Await.sleep(BETWEEN_CALLS);
                    }
                    return calls;
                },
                Threads.NEW);

        // When its key is replaced
        String next = create("acme", "of-tomorrow");
        awaitStatus(next, 200);
        key.set(next);
        Thread.sleep(100);
        assertEquals(0, keys("revoke", "ACME", "first").exitCode());

        // Then the old key is unknown on both instances within the promised time, and no answer was wrong
        awaitStatus(first, 401);
        open.set(false);
        assertThat(client.join(), greaterThan(50));
    }

    @Test
    void right_after_a_start_wrong_keys_cost_no_good_call_and_one_line_names_the_vendors_with_short_keys()
            throws Exception {
        // Given keys of which some can be guessed, and a name of a vendor as Kubernetes takes it from a Secret
        Map<String, String> keys = Map.of(
                "BACKOFFICE_BITKEYS_ACME", SHORT + ",short-too",
                "BACKOFFICE_BITKEYS_BETA", "the-longest-" + LONG,
                "BACKOFFICE_BITKEYS_eta", LONG,
                "BACKOFFICE_BITKEYS_iota-inc", "a-longer-" + LONG + "\nshort",
                "BACKOFFICE_BITKEYS_GAMMA", "sha256:" + "0".repeat(64));
        try (Running service = start(keys).awaitListening()) {

            // When a thousand wrong keys come right after the start, then good calls from the same address succeed
            IntStream.range(0, 1000).parallel().forEach(call -> assertEquals(401, status(service, "wrong")));
            assertEquals(200, status(service, LONG));

            // And settings of keys are no keys
            for (String setting : List.of("2s", "false")) {
                assertEquals(401, status(service, setting));
            }

            // And there is one warning, without a key
            List<String> lines = Files.readAllLines(service.output()).stream()
                    .filter(line -> line.matches(".*\"backoffice\\.bitkey\\..*\"level\":\"WARN\".*"))
                    .toList();
            assertEquals(1, lines.size(), lines::toString);
            String line =
                    "A bitkey of fewer than 20 characters can be guessed. Vendors that have one: acme, iota-inc\"";
            assertThat(lines.get(0), both(containsString(line)).and(not(containsString("short"))));
        }
    }

    @Test
    void while_an_instance_has_never_read_the_keys_of_the_database_they_get_5001_and_are_not_called_unknown()
            throws Exception {
        // Given a table of keys that is locked while an instance starts, which has a key of its own
        String key = create("acme", "unread");
        try (SqlConnection lock = new SqlConnection(database.jdbcUrl("postgres"));
                Running service = start(Map.of("BACKOFFICE_BITKEYS_ACME", LONG))) {
            lock.execute("begin; lock table bitkey in access exclusive mode");
            service.awaitListening();

            // When calls come with a key of the database, then none is told that its key is unknown
            for (int call = 0; call < 3; call++) {
                service.as(key)
                        .get("/customer_groups")
                        .statusCode(503)
                        .body("msg", is("The bitkey cannot be checked at present; try again later."));
            }
            assertEquals(200, status(service, LONG));

            // And the key is good once the table can be read
            lock.execute("rollback");
            Await.atMost(PROMISED).until(() -> status(service, key), is(200));
            assertEquals(401, status(service, "wrong"));
        }
    }

    @Test
    void the_time_until_a_key_expires_is_in_the_metrics_of_an_instance_that_nobody_has_called() throws Exception {
        create("acme", "ends", "--expires", "2100-01-01");
        try (Running service = PackagedApplication.start(environment)) {
            Await.atMost(PROMISED)
                    .until(
                            () -> service.management("/q/metrics").extract().asString(),
                            containsString("backoffice_bitkeys_expiry_seconds{bitkey=\"ends\",vendor=\"acme\"}"));
        }
    }

    @Test
    void all_days_are_those_of_the_zone_of_the_service() throws Exception {
        // Given a zone whose day has another date than that of the database for a part of each day
        Map<String, String> east = database.environment("BACKOFFICE_ZONE=UTC+18");
        LocalDate today = LocalDate.now(ZoneId.of("UTC+18"));
        String[] create = "keys create --vendor zone --name east --expires 2100-01-01".split(" ");
        Outcome created = PackagedApplication.command(east, create);
        try (Running service = PackagedApplication.start(east)) {
            String key = created.out().strip();
            Await.atMost(PROMISED).until(() -> status(service, key), is(200));

            // When it is used, then all days are those of the zone
            String row = "(?s).*\nzone +east +all +%1$s +2100-01-01 +%1$s +valid\n.*";
            Await.atMost(PROMISED).until(() -> list(east).out(), matchesPattern(row.formatted(today)));
        }

        // And the commands say which zone that is
        assertThat(created.err(), containsString("valid until 2100-01-01 00:00 in UTC+18:00 (2099-12-31T06:00:00Z)."));
        assertThat(list(east).err(), containsString("The days are those of UTC+18:00 (backoffice.zone)."));
    }

    private static Outcome list(Map<String, String> environment) throws Exception {
        return PackagedApplication.command(environment, "keys", "list");
    }

    @Test
    void a_list_shows_names_scopes_and_states_and_no_key() throws Exception {
        String key = create("ACME_Corp", "listed", "--read-only", "--expires", "2100-01-01");
        database.execute("insert into bitkey (vendor, name, digest, read_only, revoked_at)"
                + " values ('acme', 'other', sha256('other'), false, now())");

        String list = list(environment).out();

        String date = " +\\d{4}-\\d\\d-\\d\\d +";
        assertThat(list, matchesPattern("(?s)VENDOR +NAME +SCOPE +CREATED +EXPIRES +LAST USED +STATE\n.*"));
        assertThat(list, matchesPattern("(?s).*\nacme-corp +listed +read-only" + date + "2100-01-01 +- +valid\n.*"));
        assertThat(list, matchesPattern("(?s).*\nacme +other +all" + date + "- +- +revoked\n.*"));
        assertThat(list, not(containsString(key)));
    }

    @Test
    void wrong_usage_is_explained() throws Exception {
        assertFails(3, "Vendor acme has or had a key first. Choose another name.", "create", "acme", "first");
        assertFails(3, "Vendor acme has no key nothing that is valid.", "revoke", "acme", "nothing");
        assertFails(2, "The name \"a b\" is not accepted", "create", "acme", "a b");
        assertFails(2, "--expires", "create", "acme", "date", "--expires", "tomorrow");
        for (String vendor : List.of("", "a b", "_", "a".repeat(65))) {
            assertFails(2, "accepted: up to 64 letters, digits, '.', '_' and '-'", "create", vendor, "ci");
        }
    }

    private String create(String vendor, String name, String... options) throws Exception {
        Outcome outcome = keys("create", vendor, name, options);
        assertEquals(0, outcome.exitCode(), outcome.err());
        return outcome.out().strip();
    }

    private Outcome keys(String action, String vendor, String name, String... options) throws Exception {
        Stream<String> command = Stream.of("keys", action, "--vendor", vendor, "--name", name);
        return PackagedApplication.command(
                environment, Stream.concat(command, Stream.of(options)).toArray(String[]::new));
    }

    private void assertFails(int exitCode, String message, String action, String vendor, String name, String... options)
            throws Exception {
        Outcome outcome = keys(action, vendor, name, options);
        assertEquals(exitCode, outcome.exitCode(), outcome.err());
        assertThat(outcome.err(), containsString(message));
        assertEquals("", outcome.out());
    }

    private void awaitStatus(String key, int code) {
        for (Running service : List.of(one, other)) {
            Await.atMost(PROMISED).until(() -> status(service, key), is(code));
        }
    }

    private static int status(Running service, String key) {
        return service.as(key).code("/customer_groups");
    }
}
