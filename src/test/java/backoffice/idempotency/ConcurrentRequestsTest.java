package backoffice.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.persistence.CitusForms;
import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 7.2: a second request with the same idempotency key while the first one runs. */
@QuarkusTest
public class ConcurrentRequestsTest extends ApiTest {

    private static final int SENDS = 20;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(SENDS);

    @BeforeEach
    void one_group() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @RepeatedTest(5)
    void twenty_concurrent_requests_with_one_key_are_done_once_and_get_the_same_answer() throws Exception {
        // This change cannot be done twice: the second time would be 2101
        api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);

        List<Future<Response>> answers =
                threads.invokeAll(Stream.<Callable<Response>>generate(() -> () -> send("DELETE", "[{\"name\":\"c\"}]"))
                        .limit(SENDS)
                        .toList());

        int first = 0;
        for (Future<Response> answer : answers) {
            assertEquals(200, answer.get().statusCode(), answer.get().asString());
            assertEquals(
                    "{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\"}]}}",
                    answer.get().asString());
            first += answer.get().header("x-bit-req-replayed") == null ? 1 : 0;
        }
        assertEquals(1, first, "exactly one request made the change");
    }

    // This takes a little over two seconds. It has no tag "slow", because no other test of the quick run covers 3001.
    @Test
    void while_the_first_request_runs_the_second_gets_3001_after_a_short_wait() {
        String holding = CitusForms.PINNED.replace("$1", "'acme'")
                + " select pg_advisory_xact_lock(hashtextextended(E'acme\\nid-1', 0))" + CitusForms.ON_NODE_OF_VENDOR;

        Sql.duringTransaction(holding, () -> {
            long start = System.nanoTime();
            Response answer = send("POST", "[{\"name\":\"c\"}]");
            assertEquals(409, answer.statusCode());
            assertEquals(3001, answer.jsonPath().getInt("status"));
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis >= 1500 && millis < 5000, () -> "waited " + millis + " ms");
        });

        assertEquals(200, send("POST", "[{\"name\":\"c\"}]").statusCode(), "the key is free after the first request");
    }

    private Response send(String method, String body) {
        return api.request()
                .contentType("application/json")
                .header("x-bit-req-id", "id-1")
                .body(body)
                .request(method, Api.BASE_PATH + "/customer_groups/a/customers");
    }
}
