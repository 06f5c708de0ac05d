package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 10.1 and 10.2: the feed has each change once, in order. */
@QuarkusTest
@TestProfile(ChangesOn.class)
class ChangeFeedTest {

    private static final String OPEN =
            "insert into replay (vendor, request_id, fingerprint, answer) values ('acme', 'open', '', '')";

    private final Api acme = Api.as(Vendors.ACME);
    private final Feed feed = new Feed(Vendors.ACME);

    @BeforeEach
    void no_changes() {
        Sql.clean();
    }

    @Test
    void every_call_that_changes_something_is_in_the_feed() {
        // When
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        acme.post("/customer_groups/a/customers", "[{\"name\":\"x\"}]").statusCode(200);
        acme.post("/customers", "[{\"name\":\"y\"},{\"name\":\"x\",\"groupName\":\"a\",\"city\":\"Wuhan\"}]")
                .statusCode(200);
        acme.patch("/customers", "[{\"name\":\"y\",\"city\":\"Xiamen\"}]").statusCode(200);
        acme.post("/customer_groups/a/customers", "[{\"name\":\"y\"},{\"name\":\"x\",\"groupName\":\"a\"}]")
                .statusCode(200);
        acme.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(200);
        acme.delete("/customer_groups/b/customers", "[{\"name\":\"x\"}]").statusCode(200);
        acme.delete("/customers/x").statusCode(200);
        acme.delete("/customers/b/y").statusCode(200);
        acme.delete("/customer_groups/b").statusCode(200);

        // Then
        assertEquals(
                List.of(
                        "group.created: - > a",
                        "customer.created: - > a/x",
                        "customer.created: - > y",
                        "customer.changed: a/x > a/x",
                        "customer.changed: y > y",
                        "customer.moved: y > a/y",
                        "group.renamed: a > b",
                        "customer.moved: b/x > x",
                        "customer.deleted: x > -",
                        "customer.deleted: b/y > -",
                        "group.deleted: b > -"),
                feed.all().lines());
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /customer_groups, '{\"name\":\"a\"}', 200",
        "PATCH, /customer_groups/a, '{\"name\":\"a\"}', 200",
        "PATCH, /customer_groups/a, '{\"name\":\"b\"}', 409",
        "DELETE, /customer_groups/a, '', 409",
        "POST, /customer_groups/a/customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "POST, /customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "PATCH, /customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "POST, /customers, '[{\"name\":\"z\"},{\"name\":\"z\",\"groupName\":\"nowhere\"}]', 404",
        "DELETE, /customers/y, '', 404"
    })
    void a_call_that_changes_nothing_is_not_in_the_feed(String method, String path, String body, int code) {
        acme.post("/customer_groups", "{\"name\":\"a\"}");
        acme.post("/customer_groups", "{\"name\":\"b\"}");
        acme.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"}]");
        String cursor = feed.latest();

        acme.send(method, path, body).statusCode(code);

        assertEquals(List.of(), feed.after(cursor).lines());
    }

    @Test
    void an_event_says_what_who_when_and_by_which_call() {
        acme.request()
                .header("x-correlation-id", "order-17")
                .header("x-bit-req-id", "req-4")
                .contentType("application/json")
                .body("[{\"name\":\"Zhang San/1\",\"city\":\"Wuhan\",\"regDate\":\"2026-01-02 03:04:05\"}]")
                .post(Api.BASE_PATH + "/customers")
                .then()
                .statusCode(200);

        Map<String, Object> event = feed.all().items().get(0);

        assertThat(event.remove("id").toString(), matchesPattern("0-\\d+-1"));
        assertThat(event.remove("time").toString(), matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z"));
        assertEquals(
                Map.ofEntries(
                        Map.entry("specversion", "1.0"),
                        Map.entry("datacontenttype", "application/json"),
                        Map.entry("source", "/backoffice/vendors/acme"),
                        Map.entry("type", "backoffice.customer.created"),
                        Map.entry("subject", "/customers/Zhang%20San%2F1"),
                        Map.entry("call", "POST /customers"),
                        Map.entry("bitkey", "configured"),
                        Map.entry("correlationid", "order-17"),
                        Map.entry("requestid", "req-4"),
                        Map.entry(
                                "data",
                                Map.of(
                                        "after",
                                        Map.of(
                                                "name",
                                                "Zhang San/1",
                                                "city",
                                                "Wuhan",
                                                "regDate",
                                                "2026-01-02 03:04:05")))),
                event);
    }

    @Test
    void a_replayed_request_is_one_change() {
        for (int i = 0; i < 2; i++) {
            acme.request()
                    .header("x-bit-req-id", "once")
                    .contentType("application/json")
                    .body("[{\"name\":\"x\"}]")
                    .post(Api.BASE_PATH + "/customers");
        }

        assertEquals(List.of("customer.created: - > x"), feed.all().lines());
    }

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
                CompletableFuture.supplyAsync(() -> feed.read("/changes?after=" + cursor));
        Thread.sleep(300);

        long start = System.nanoTime();
        acme.post("/customers", "[{\"name\":\"y\"}]");

        assertEquals(List.of("customer.created: - > y"), news.get().lines());
        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(5_000L));
    }

    @Test
    void a_vendor_sees_only_its_own_changes() {
        acme.post("/customers", "[{\"name\":\"x\"}]");
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"y\"}]");

        assertEquals(List.of("customer.created: - > x"), feed.all().lines());
        assertEquals(
                List.of("customer.created: - > y"),
                new Feed(Vendors.GLOBEX).all().lines());
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "after=1",
                "after=",
                "after=0-1-x",
                "after=99999999999-1-1",
                "after=0-1-1&after=0-1-1",
                "limit=0",
                "limit=1001",
                "wait=21",
                "wait=-1"
            })
    void a_malformed_parameter_is_refused(String query) {
        feed.get("/changes?" + query).statusCode(400).body("status", is(1001));
    }

    @Test
    void the_feed_needs_a_key() {
        new Feed("wrong").get("/changes").statusCode(401).body("status", is(1102));
        new Feed("").get("/changes").statusCode(401).body("status", is(1101));
    }
}
