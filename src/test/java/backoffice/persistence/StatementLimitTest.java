package backoffice.persistence;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Threads;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The statement timeout: PostgreSQL ends the statement of a call that has timed out. */
@Tag("slow")
@QuarkusTest
class StatementLimitTest extends ApiTest {

    private static final Duration ONE_SECOND = Duration.ofSeconds(1);
    private static final String WAITING_STATEMENTS =
            Sql.LOCK_WAITS + " and state = 'active' and query like '%customer_group%'";

    @Test
    void no_statement_of_a_timed_out_call_runs_one_second_after_its_5001() {
        List<Supplier<ValidatableResponse>> calls = List.of(
                () -> api.post(
                        "/customer_groups/data",
                        "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"%a%\"]}]}"),
                () -> api.get("/customer_groups/a"),
                () -> api.post("/customer_groups", "{\"name\":\"a\"}"),
                () -> api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]"));
        Sql.duringTransaction("lock table customer_group", () -> {
            calls.stream()
                    .map(call -> CompletableFuture.supplyAsync(call, Threads.NEW))
                    .toList()
                    .forEach(call -> call.join().statusCode(503).body("status", is(5001)));

            Await.sleep(ONE_SECOND);
            assertEquals(0, Sql.number(WAITING_STATEMENTS));
        });
        api.get("/customer_groups").statusCode(200).body("data.total", is(0));
    }
}
