package backoffice.vendor;

import static backoffice.testsupport.StoredKeys.awaitStatus;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.LogListener;
import backoffice.testsupport.Management;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/adr/0029: keys of the database and of files. A source that cannot be read ages by itself, and says so. */
@Tag("slow")
@QuarkusTest
@TestProfile(UnreadableBitkeysTest.ShortMaxAge.class)
class UnreadableBitkeysTest {

    private static final Path DIRECTORY =
            Path.of("target", "unreadable-bitkeys").toAbsolutePath();
    private static final Duration MAX_AGE = Duration.ofSeconds(6);
    private static final String DATABASE = "database";
    private static final String WAITING_READINGS =
            "select count(*) from " + Sql.ACTIVITY + " where wait_event_type = 'Lock' and query like '%from bitkey%'";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** Sources of keys may be six seconds old. */
    public static class ShortMaxAge implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            DIRECTORY.toFile().mkdirs();
            return Map.of(
                    "backoffice.bitkeys-directory",
                    DIRECTORY.toString(),
                    "backoffice.bitkeys-max-age",
                    MAX_AGE.toString());
        }
    }

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private LogListener log;

    @BeforeEach
    void listen() {
        Sql.clean();
        log = new LogListener("backoffice.vendor", line -> lines.add(line.getLevel() + " " + line.getMessage()));
    }

    @AfterEach
    void clean() throws IOException {
        log.close();
        StoredKeys.deleteAll();
        for (String file : List.of("acme", "globex")) {
            Files.deleteIfExists(DIRECTORY.resolve(file));
        }
    }

    @Test
    void a_key_expires_at_its_time() {
        String key = StoredKeys.create("soon", false);
        Sql.execute("update bitkey set expires_at = now() + interval '4 seconds'");

        awaitStatus(key, 200);
        Sql.await("select count(*) from bitkey where last_used_on = current_date", 1);
        awaitStatus(key, 401);
    }

    @Test
    void each_outage_of_the_table_has_one_line_and_an_age_beyond_which_a_key_that_expires_gets_5001() {
        String forever = StoredKeys.create("forever", false);
        String expiring = StoredKeys.create("expiring", false);
        Sql.execute("update bitkey set expires_at = '2100-01-01' where name = 'expiring'");
        awaitStatus(forever, 200);
        awaitStatus(expiring, 200);

        for (int outage = 1; outage <= 2; outage++) {
            // When the table of keys cannot be read while data can
            Sql.execute("alter table bitkey rename to bitkey_of_before");
            try {
                awaitLines("WARN", outage);

                // Then the keys of before stay known, and one that expires up to the bound
                Api.as(expiring).get("/customer_groups").statusCode(200);
                Await.until(
                        MAX_AGE.plusSeconds(5),
                        () -> {
                            Api.as(forever).get("/customer_groups").statusCode(200);
                            return age(DATABASE) > MAX_AGE.toSeconds();
                        },
                        () -> "The age is " + age(DATABASE));
                Api.as(expiring)
                        .get("/customer_groups")
                        .statusCode(503)
                        .header("Retry-After", "1")
                        .body("status", equalTo(5001))
                        .body("msg", equalTo("The bitkey cannot be checked at present; try again later."));
                Api.as(forever).get("/customer_groups").statusCode(200);
                Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);
                Api.as("wrong").get("/customer_groups").statusCode(401);
            } finally {
                Sql.execute("alter table bitkey_of_before rename to bitkey");
            }

            // When it can be read again, which needs no call, then the outage had one line, and its end has one
            awaitLines("INFO", outage);
            assertThat(linesOf("WARN"), hasSize(outage));
            assertEquals(0.0, age(DATABASE));
            awaitStatus(expiring, 200);
        }
        assertThat(
                linesOf("WARN"),
                hasItem(allOf(
                        containsString(DATABASE),
                        containsString("\"bitkey\" does not exist"),
                        containsString("revoked"))));
    }

    @Test
    void a_lock_on_the_table_of_keys_is_an_outage_and_delays_no_call() {
        Api.as(Vendors.ACME).post("/customers", "[{\"name\":\"a\"}]").statusCode(200);
        String key = StoredKeys.create("ci", false);
        awaitStatus(key, 200);

        Sql.duringTransaction("lock table bitkey in access exclusive mode", () -> {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                Api.as(key).get("/customers/a").statusCode(200);
                assertThat((System.nanoTime() - start) / 1_000_000, is(lessThan(1500L)));
                assertThat(Sql.number(WAITING_READINGS), is(lessThan(2L)));
                Await.sleep(Duration.ofMillis(5));
            }
            assertThat(linesOf("WARN"), hasSize(1));
            assertThat(age(DATABASE), is(greaterThan(5.0)));
        });

        awaitLines("INFO", 1);
    }

    @Test
    void a_flood_of_calls_that_wait_for_the_database_delays_no_revocation() {
        String key = StoredKeys.create("leaked", false);
        awaitStatus(key, 200);

        Sql.duringTransaction("lock table customer in access exclusive mode", () -> {
            // Given calls that hold all connections of calls, and wait for more
            AtomicBoolean open = new AtomicBoolean(true);
            CompletableFuture<Void> flood = CompletableFuture.runAsync(
                    () -> {
                        List<CompletableFuture<?>> calls = new ArrayList<>();
                        while (open.get()) {
                            calls.add(send("/customers"));
                            calls.add(send("/customers/a"));
                            Await.sleep(Duration.ofMillis(20));
                        }
                        calls.forEach(CompletableFuture::join);
                    },
                    Threads.NEW);
            Await.sleep(Duration.ofSeconds(2));

            // When the key is revoked, then it is refused in time
            Sql.execute("update bitkey set revoked_at = now()");
            awaitStatus(key, 401);
            open.set(false);
            flood.join();
        });
        Sql.awaitAllIdle();
        assertThat(linesOf("WARN"), hasSize(0));
    }

    private static CompletableFuture<?> send(String path) {
        URI call = URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + path);
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(call).header("bitkey", Vendors.ACME).build(), BodyHandlers.discarding());
    }

    @Test
    void a_malformed_file_and_a_directory_that_cannot_be_read_keep_their_keys_and_a_deleted_file_revokes_them()
            throws IOException {
        write("acme", "of-acme");
        write("globex", "of-globex, leaked");
        awaitStatus("of-acme", 200);
        awaitStatus("leaked", 200);

        // When a file becomes malformed while the other one revokes a key
        write("acme", "of-acme-too, sha256:typo");
        write("globex", "of-globex");

        // Then the key is revoked, and the malformed file keeps its own keys alone
        awaitStatus("leaked", 401);
        Api.as("of-acme").get("/customer_groups").statusCode(200);
        Api.as("of-acme-too").get("/customer_groups").statusCode(401);
        awaitLines("WARN", 1);
        assertThat(age(DIRECTORY.toString()), is(greaterThan(0.0)));
        assertEquals(0.0, age(DATABASE));
        write("acme", "of-acme");
        awaitLines("INFO", 1);
        assertEquals(0.0, age(DIRECTORY.toString()));

        // When the directory cannot be read, then its keys stay known
        Path elsewhere = Files.move(DIRECTORY, DIRECTORY.resolveSibling("unreadable-bitkeys-moved"));
        try {
            awaitLines("WARN", 2);
            Api.as("of-acme").get("/customer_groups").statusCode(200);
        } finally {
            Files.move(elsewhere, DIRECTORY);
        }
        awaitLines("INFO", 2);

        // When the file is deleted, then its keys are unknown, which is no outage
        Files.delete(DIRECTORY.resolve("acme"));
        awaitStatus("of-acme", 401);
        assertThat(linesOf("WARN"), hasSize(2));
        assertThat(
                linesOf("WARN"),
                hasItem(allOf(containsString(DIRECTORY.resolve("acme").toString()), containsString("sha256:"))));
    }

    private static void write(String file, String keys) throws IOException {
        Files.writeString(DIRECTORY.resolve(file), keys);
    }

    private static double age(String source) {
        return Management.metric("backoffice_bitkeys_age_seconds{source=\"%s\"}".formatted(source));
    }

    private List<String> linesOf(String level) {
        return lines.stream().filter(line -> line.startsWith(level)).toList();
    }

    /** Waits for the lines of outages, which calls find, or for those of their ends, which need no call. */
    private void awaitLines(String level, int number) {
        Await.until(
                Duration.ofSeconds(10),
                () -> {
                    if (level.equals("WARN")) {
                        Api.as("wrong").get("/customer_groups");
                        Await.sleep(Duration.ofMillis(250));
                    }
                    return linesOf(level).size() == number;
                },
                () -> "There are not %d lines of level %s in %s".formatted(number, level, lines));
    }
}
