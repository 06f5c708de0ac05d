package backoffice.bitkey;

import static backoffice.testsupport.StoredKeys.awaitStatus;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.LogListener;
import backoffice.testsupport.Management;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/adr/0029: keys of the database, which age while they cannot be read. */
@Tag("slow")
@QuarkusTest
@TestProfile(OtherSettings.class)
@ExtendWith(StoredKeys.class)
class UnreadableBitkeysTest extends ApiTest {

    private static final Duration MAX_AGE = OtherSettings.BITKEYS_MAX_AGE;
    private static final String WAITING_READINGS =
            "select count(*) from " + Sql.ACTIVITY + " where wait_event_type = 'Lock' and query like '%from bitkey%'";
    /** More than there is time for. */
    private static final int MANY = 1000;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @AutoClose
    private final LogListener log = new LogListener("backoffice.bitkey");

    @Test
    void a_key_expires_at_its_time() {
        String key = StoredKeys.create("soon", false);
        Sql.execute("update bitkey set expires_at = now() + interval '4 seconds'");

        awaitStatus(key, 200);
        awaitStatus(key, 401);
    }

    @Test
    void the_use_of_a_key_is_stored_once_the_database_takes_it_and_with_each_day_of_the_zone() {
        // Given a use that the database refuses to store
        String used =
                "select count(*) from bitkey where last_used_on = cast(now() at time zone 'Asia/Shanghai' as date)";
        String key = StoredKeys.create("used", false);
        Sql.execute("alter table bitkey add constraint never_used check (last_used_on is null)");
        try {
            awaitStatus(key, 200);
            Sql.awaitAllIdle();
        } finally {
            Sql.execute("alter table bitkey drop constraint never_used");
        }

        for (int day = 1; day <= 2; day++) {
            // When it takes the next one, then it is stored
            Await.atMost(Duration.ofSeconds(5)).until(() -> {
                Api.as(key).get("/customer_groups").statusCode(200);
                return Sql.number(used) == 1;
            });

            // And so is the first one of the next day
            Sql.execute("update bitkey set last_used_on = last_used_on - 1");
        }
    }

    @Test
    void each_outage_of_the_table_has_one_line_and_an_age_beyond_which_a_key_that_expires_gets_5001() {
        String forever = StoredKeys.createKnown("forever", false);
        String expiring = StoredKeys.create("expiring", false);
        Sql.execute("update bitkey set expires_at = '2100-01-01' where name = 'expiring'");
        awaitStatus(expiring, 200);

        for (int outage = 1; outage <= 2; outage++) {
            // When the table of keys cannot be read while data can
            Sql.execute("alter table bitkey rename to bitkey_of_before");
            try {
                awaitLines(Level.WARNING, outage);

                // Then the keys of before stay known, and one that expires up to the bound
                Api.as(expiring).get("/customer_groups").statusCode(200);
                Await.atMost(MAX_AGE.plusSeconds(5))
                        .until(
                                () -> {
                                    Api.as(forever).get("/customer_groups").statusCode(200);
                                    return age();
                                },
                                greaterThan((double) MAX_AGE.toSeconds()));
                Api.as(expiring)
                        .get("/customer_groups")
                        .statusCode(503)
                        .header("Retry-After", "1")
                        .body("status", equalTo(5001))
                        .body("msg", equalTo("The bitkey cannot be checked at present; try again later."));
                Api.as(forever).get("/customer_groups").statusCode(200);
                api.get("/customer_groups").statusCode(200);
                Api.as("wrong").get("/customer_groups").statusCode(401);
            } finally {
                Sql.execute("alter table bitkey_of_before rename to bitkey");
            }

            // When it can be read again, which needs no call, then the outage had one line, and its end has one
            awaitLines(Level.INFO, outage);
            assertThat(linesOf(Level.WARNING), hasSize(outage));
            assertEquals(0.0, age());
            awaitStatus(expiring, 200);
        }
        assertThat(
                linesOf(Level.WARNING),
                hasItem(stringContainsInOrder("database", "revoked", "\"bitkey\" does not exist")));
    }

    @Test
    void a_lock_on_the_table_of_keys_is_an_outage_and_delays_no_call() {
        api.post("/customers", "[{\"name\":\"a\"}]").statusCode(200);
        String key = StoredKeys.createKnown("ci", false);

        Sql.duringTransaction("lock table bitkey in access exclusive mode", () -> {
            long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (age() <= 5 && System.nanoTime() < end) {
                Api.as(key).get("/customers/a").statusCode(200).time(lessThan(1500L));
                assertThat(Sql.number(WAITING_READINGS), is(lessThan(2L)));
                Await.sleep(Duration.ofMillis(5));
            }
            assertThat(linesOf(Level.WARNING), hasSize(1));
            assertThat(age(), is(greaterThan(5.0)));
        });

        awaitLines(Level.INFO, 1);
    }

    @Test
    void a_flood_of_calls_that_wait_for_the_database_delays_no_revocation() {
        String key = StoredKeys.createKnown("leaked", false);
        AtomicBoolean open = new AtomicBoolean(true);
        List<CompletableFuture<?>> calls = new CopyOnWriteArrayList<>();
        Sql.duringTransaction("lock table customer in access exclusive mode", () -> {
            // Given calls that hold all connections of calls, and wait for more
            Threads.NEW.execute(() -> {
                for (int i = 0; open.get() && i < MANY; i++) {
                    calls.add(send("/customers"));
                    calls.add(send("/customers/a"));
                    Await.sleep(Duration.ofMillis(20));
                }
            });
            Await.sleep(Duration.ofSeconds(1));

            // When the key is revoked, then it is refused in time
            Sql.execute("update bitkey set revoked_at = now()");
            awaitStatus(key, 401);
            open.set(false);
        });
        calls.forEach(CompletableFuture::join);
        Sql.awaitAllIdle();
        assertThat(linesOf(Level.WARNING), hasSize(0));
    }

    private static CompletableFuture<?> send(String path) {
        URI call = URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + path);
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(call).header("bitkey", Vendors.ACME).build(), BodyHandlers.discarding());
    }

    private static double age() {
        return Management.metric("backoffice_bitkeys_age_seconds");
    }

    private List<String> linesOf(Level level) {
        return log.messages(line -> line.getLevel().equals(level));
    }

    /** Waits for the lines of outages, which calls find, or for those of their ends, which need no call. */
    private void awaitLines(Level level, int number) {
        Await.atMost(Duration.ofSeconds(10))
                .until(
                        () -> {
                            if (level == Level.WARNING) {
                                Api.as("wrong").get("/customer_groups");
                                Await.sleep(Duration.ofMillis(250));
                            }
                            return linesOf(level);
                        },
                        hasSize(number));
    }
}
