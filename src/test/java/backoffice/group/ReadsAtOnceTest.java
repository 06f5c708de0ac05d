package backoffice.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Concurrent reads share database connections. Each client gets the answer to its own request. */
@QuarkusTest
class ReadsAtOnceTest extends ApiTest {

    private static final int CLIENTS = 16;
    private static final int READS = 100;

    @AutoClose("shutdownNow")
    private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);

    @Test
    void each_client_gets_the_group_that_it_asks_for() {
        // Given every second of 100 groups, for one vendor
        Sql.execute("insert into customer_group (vendor, name) select 'acme', 'group ' || i from generate_series(0, "
                + READS + ", 2) i");

        // When many clients of two vendors read one group each
        List<CompletableFuture<String>> answers = IntStream.range(0, READS)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> outcome(i), clients))
                .toList();

        // Then the vendor gets its existing groups, and all other answers are 2001
        for (int i = 0; i < READS; i++) {
            assertEquals(
                    i % 2 == 0 ? "group %d, 2001".formatted(i) : "2001, 2001",
                    answers.get(i).join());
        }
    }

    private static String outcome(int group) {
        return outcome(Vendors.ACME, group) + ", " + outcome(Vendors.GLOBEX, group);
    }

    private static String outcome(String bitkey, int group) {
        ExtractableResponse<Response> answer =
                Api.as(bitkey).get("/customer_groups/group%20" + group).extract();
        return answer.statusCode() == 200 ? answer.path("data.items[0].name") : answer.path("status") + "";
    }
}
