package backoffice.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 8.3, and docs/adr/0010: each call has one deadline, however many waits it has. */
@Tag("slow")
@QuarkusTest
class DeadlineTest extends ApiTest {

    private static final Duration CALL_TIMEOUT = Duration.ofMillis(3600);

    /** The call timeout, and what a busy machine takes. Two statements with a timeout each take over 5 s. */
    private static final long MAX_MILLIS = 4500;

    private static final String LOCK = "lock table customer_group in access exclusive mode";

    @Inject
    Citus citus;

    @Inject
    Database database;

    @Test
    void the_statements_of_a_far_page_end_at_the_deadline_of_their_call_together() {
        // Given a list whose far pages look for their first item, and then read customers and groups
        Sql.execute(
                "insert into customer (vendor, name, reg_date) select 'acme', 'c' || i, now() from generate_series(1, 4000) i");
        api.get("/customers?offset=3000").statusCode(200);

        try (SqlConnection first = new SqlConnection()) {
            // When the first statement waits for two seconds, and the last one for longer
            first.execute("begin; lock table customer in access exclusive mode");
            CompletableFuture<Void> page = get5001InTime(() -> api.get("/customers?offset=3900"));
            Sql.awaitLockWaits(1);
            CompletableFuture<Void> second =
                    CompletableFuture.runAsync(() -> Sql.duringTransaction(LOCK, page::join), Threads.NEW);
            Await.sleep(Duration.ofSeconds(2));
            first.execute("rollback");

            // Then they have 3.5 s together
            page.join();
            second.join();
        }
    }

    @Test
    void a_change_that_waited_for_its_idempotency_key_ends_at_the_deadline_of_its_call() {
        String key = Citus.PINNED.replace("$1", "'acme'")
                + " select pg_advisory_xact_lock(advisory_lock_id('4', E'acme\\nid-1'))" + Citus.ON_NODE_OF_VENDOR;
        // The first call of a test run takes longer.
        createGroups("b");
        try (SqlConnection other = new SqlConnection()) {
            // When another request holds the key for a while, and its change waits then
            other.execute("begin; " + LOCK + "; savepoint s; " + key);
            CompletableFuture<Void> change =
                    get5001InTime(() -> api.with("x-bit-req-id", "id-1").post("/customer_groups", "{\"name\":\"a\"}"));
            Await.sleep(Duration.ofMillis(1600));
            other.execute("rollback to s");

            // Then both waits have 3.5 s together
            change.join();
            other.execute("rollback");
        }
    }

    @Test
    void a_batch_does_not_start_again_when_its_call_has_failed() {
        createGroups("a");
        try (SqlConnection other = new SqlConnection()) {
            // Given a batch that waits for the customer of another transaction, until its call fails
            other.execute("begin; insert into customer (vendor, name, group_id, reg_date)"
                    + " select vendor, 'x', id, now() from customer_group");
            api.post("/customer_groups/a/customers", "[{\"name\":\"x\"},{\"name\":\"y\"}]")
                    .statusCode(503);

            // When the other transaction makes it fail by a conflict
            other.execute("commit");
            Sql.awaitAllIdle();

            // Then it is not done
            assertEquals(1, Sql.number("select count(*) from customer"));
        }
    }

    @Test
    void a_batch_whose_customers_change_all_the_time_ends_with_its_call() {
        api.post("/customers", "[{\"name\":\"x\"}]").statusCode(200);
        // Given customers that have another version in each look
        Sql.execute(
                "alter table customer rename to real_customer; create view customer as"
                        + " select *, ctid as ctid, cast(cast((random() * 1000000)::int as text) as xid) as xmin from real_customer");
        try {
            // When a batch locks one of them
            get5001InTime(() -> api.patch("/customers", "[{\"name\":\"x\",\"city\":\"y\"}]"))
                    .join();

            // Then it stops, and gives back its connection
            Sql.awaitAllIdle();
            Management.await("backoffice_bulkhead_held{resource=\"connections\",vendor=\"acme\"}", 0);
        } finally {
            Sql.execute("set lock_timeout = '10s'; drop view customer; alter table real_customer rename to customer");
        }
    }

    @Test
    void a_call_that_finds_nothing_has_its_answer_while_nobody_says_whether_this_is_a_cluster() {
        Cluster.pretend(citus, null);
        try (SqlConnection other = new SqlConnection()) {
            // Given that the connection beside those of the calls waits
            other.execute("begin; lock table bitkey in access exclusive mode");
            CompletableFuture<?> waiting = database.withoutVendor("select count(*) from bitkey")
                    .onFailure()
                    .recoverWithNull()
                    .subscribeAsCompletionStage();
            Sql.awaitLockWaits(1);

            // When calls find nothing, then they say so
            api.delete("/customer_groups/none").statusCode(404).body("status", is(2001));
            api.delete("/customers/none").statusCode(404).body("status", is(2101));
            other.execute("rollback");
            waiting.join();
        } finally {
            Cluster.pretend(citus, false);
        }
    }

    @ParameterizedTest
    @CsvSource({"5, false", "200000, false", "200000, true"})
    void the_time_in_which_a_client_sends_its_body_is_not_that_of_the_call(int blanks, boolean isChunked)
            throws IOException {
        String body = "{\"name\":\"a\"}" + " ".repeat(blanks);
        String head = RawHttp.head("POST " + Api.BASE_PATH + "/customer_groups", Vendors.ACME);
        byte[] request = (isChunked ? RawHttp.chunked(head, body) : RawHttp.request(head, body)).getBytes(UTF_8);
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(request, 0, request.length - 8);

            Await.sleep(CALL_TIMEOUT);
            socket.getOutputStream().write(request, request.length - 8, 8);

            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8), startsWith("HTTP/1.1 200"));
        }
    }

    private static CompletableFuture<Void> get5001InTime(Supplier<ValidatableResponse> call) {
        return CompletableFuture.runAsync(
                () -> call.get().statusCode(503).body("status", is(5001)).time(lessThan(MAX_MILLIS)), Threads.NEW);
    }
}
