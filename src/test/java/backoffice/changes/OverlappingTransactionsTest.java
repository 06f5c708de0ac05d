package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * docs/api.md, section 10.2: another program always has a transaction open, in another database of the server. Each
 * begins before the previous one ends.
 */
@Tag("slow")
@QuarkusTest
@TestProfile(ChangesOn.class)
class OverlappingTransactionsTest {

    private static final String TRANSACTION_OF_FOUR_SECONDS = "select pg_current_xact_id(), pg_sleep(4)";
    private static final long MAX_MILLIS = 7000;

    private final Api acme = Api.as(Vendors.ACME);
    private final Feed feed = new Feed(Vendors.ACME);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean open = true;
    private String cursor;

    @BeforeEach
    void open_transactions() throws InterruptedException {
        Sql.clean();
        acme.post("/customers", "[{\"name\":\"x\"}]");
        cursor = feed.latest();
        for (int i = 0; i < 2; i++) {
            threads.submit(() -> {
                while (open) {
                    Sql.executeIn("template1", TRANSACTION_OF_FOUR_SECONDS);
                }
            });
            Thread.sleep(2000);
        }
        acme.post("/customers", "[{\"name\":\"y\"}]");
    }

    @AfterEach
    void end_transactions() throws InterruptedException {
        open = false;
        threads.shutdown();
        threads.awaitTermination(10, TimeUnit.SECONDS);
    }

    @Test
    void a_reader_that_waits_gets_a_change_when_the_transactions_have_ended_that_were_open_before_it() {
        long start = System.nanoTime();

        assertEquals(
                List.of("customer.created: - > y"),
                feed.read("/changes?after=" + cursor).lines());

        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(MAX_MILLIS));
    }

    @Test
    @DisabledIf(
            value = "backoffice.testsupport.CitusCluster#isConfigured",
            disabledReason = "the transaction is open on the coordinator, and the changes are on a worker")
    void readers_that_ask_again_and_again_get_a_change_while_others_follow_it() {
        // Given a reader that has the change, and another one
        awaitChange();
        acme.post("/customers", "[{\"name\":\"z\"}]");

        // When the first one waits for the next change
        String ahead = feed.after(cursor).cursor();
        feed.after(ahead);

        // Then the other one need not wait with it
        assertEquals(List.of("customer.created: - > y"), feed.after(cursor).lines());

        // And both get the next change
        cursor = ahead;
        awaitChange();
    }

    @Test
    void a_reader_gets_the_id_of_the_last_change() {
        Await.until(
                Duration.ofMillis(MAX_MILLIS),
                () -> feed.get("/changes?after=latest").extract().statusCode() == 200,
                () -> "There is no id");
    }

    private void awaitChange() {
        Await.until(
                Duration.ofMillis(MAX_MILLIS),
                () -> !feed.after(cursor).lines().isEmpty(),
                () -> "The change does not come");
    }
}
