package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 10.2: a reader of the feed gets each change once, in the order in which they were made. */
@QuarkusTest
@TestProfile(ChangesOn.class)
class ChangeFeedOrderTest extends ApiTest {

    private static final String OPEN =
            "insert into stored_response (vendor, idempotency_key, fingerprint, response) values ('acme', 'open', '', '')";

    private final Api acme = Api.as(Vendors.ACME);
    private final Feed feed = new Feed(Vendors.ACME);

    @Test
    void a_reader_with_a_cursor_gets_each_change_once() {
        // Given changes in single calls and in a batch
        acme.post("/customer_groups", "{\"name\":\"a\"}");
        acme.post("/customers", "[{\"name\":\"x\"},{\"name\":\"y\"},{\"name\":\"z\"}]");
        acme.delete("/customers/y");

        // When a reader takes two at a time
        Feed.Events first = feed.read("/changes?limit=2");
        Feed.Events second = feed.read("/changes?limit=2&after=" + first.cursor());
        Feed.Events third = feed.read("/changes?limit=2&after=" + second.cursor());

        // Then no change is missing or comes twice, also not within the batch
        assertEquals(List.of("group.created: - > a", "customer.created: - > x"), first.lines());
        assertEquals(List.of("customer.created: - > y", "customer.created: - > z"), second.lines());
        assertEquals(List.of("customer.deleted: y > -"), third.lines());
        assertEquals(List.of(), feed.after(third.cursor()).lines());
        assertEquals(third.cursor(), feed.latest());
    }

    @Test
    void a_change_that_commits_late_is_not_skipped() {
        // Given a transaction that has recorded a change and is still open
        acme.post("/customers", "[{\"name\":\"before\"}]");
        String cursor = feed.latest();
        Sql.duringTransaction("insert into change (vendor, call, changes) values ('acme', 'late', '[]')", () -> {
            // When a later change is committed
            acme.post("/customers", "[{\"name\":\"after\"}]");

            // Then the feed waits for the open transaction
            assertEquals(List.of(), feed.after(cursor).lines());
            feed.get("/changes?after=latest").statusCode(503);
        });
        assertEquals(List.of("customer.created: - > after"), feed.after(cursor).lines());
    }

    @Tag("slow")
    @Test
    void a_transaction_of_another_program_holds_the_feed_back_for_five_minutes_at_most() {
        acme.post("/customers", "[{\"name\":\"x\"}]");
        String cursor = feed.latest();
        Sql.duringTransaction(OPEN, () -> {
            acme.post("/customers", "[{\"name\":\"y\"}]");
            acme.post("/customers", "[{\"name\":\"z\"}]");
            assertEquals(List.of(), feed.after(cursor).lines());

            Sql.execute("update change set recorded_at = '2026-01-01'" + " where changes::text not like '%\"z\"%'");
            assertEquals(List.of("customer.created: - > y"), feed.after(cursor).lines());
        });
    }

    @Test
    void a_reader_without_a_cursor_of_its_own_starts_from_the_latest_change() {
        String cursor = feed.latest();
        assertEquals("0-0-0", cursor);

        acme.post("/customers", "[{\"name\":\"x\"}]");

        assertEquals(List.of("customer.created: - > x"), feed.after(cursor).lines());
    }

    @Test
    void a_reader_that_waits_gets_a_change_when_it_is_made() throws Exception {
        acme.post("/customers", "[{\"name\":\"x\"}]");
        String cursor = feed.latest();
        CompletableFuture<Feed.Events> news =
                CompletableFuture.supplyAsync(() -> feed.read("/changes?after=" + cursor), Threads.NEW);
        Thread.sleep(300);

        long start = System.nanoTime();
        acme.post("/customers", "[{\"name\":\"y\"}]");

        assertEquals(List.of("customer.created: - > y"), news.get().lines());
        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(5_000L));
    }

    @Test
    void changes_older_than_the_retention_are_deleted_and_their_cursors_are_refused() {
        // Given a reader that is behind changes older than the retention
        acme.post("/customers", "[{\"name\":\"x\"},{\"name\":\"y\"}]");
        String cursor = feed.read("/changes?limit=1").cursor();
        Sql.execute("update change set recorded_at = '2026-01-01'");

        // When as many calls come as one deletes old changes after
        for (int i = 0; i < 64; i++) {
            acme.post("/customer_groups", "{\"name\":\"" + i + "\"}");
        }

        // Then the old changes are gone, and the reader is told that it has missed some
        assertEquals(64, feed.all().lines().size());
        feed.get("/changes?after=" + cursor)
                .statusCode(410)
                .body("status", is(4001))
                .body(
                        "msg",
                        equalTo("Changes after \"" + cursor + "\" may have been deleted already;"
                                + " read all groups and customers again, and continue from after=latest."));
    }

    @Test
    void a_reader_follows_the_latest_possible_change() {
        Sql.execute("alter table change disable trigger change_order;"
                + " insert into change (vendor, era, position, recorded_at, call, changes) overriding system value values"
                + " ('acme', 999999999, 9223372036854775807, now(), 'x',"
                + " '[{\"type\":\"group.created\",\"after\":{\"name\":\"x\"}}]');"
                + " alter table change enable trigger change_order");

        String cursor = feed.all().cursor();

        assertEquals("999999999-9223372036854775807-1", cursor);
        assertEquals(List.of(), feed.after(cursor).lines());
    }
}
