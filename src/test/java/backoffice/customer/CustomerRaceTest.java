package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** Many concurrent calls on the same customers. {@code CallsAtOnceTest} has each pair of calls. */
@Tag("slow")
@QuarkusTest
class CustomerRaceTest extends ApiTest {

    private static final int SIZE = 100;

    @AutoClose
    private final Race race = new Race();

    @BeforeEach
    void two_groups() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @RepeatedTest(5)
    void concurrent_claims_of_the_same_referenceIds_in_any_order_do_not_deadlock() throws InterruptedException {
        List<Integer> statuses = race.run(IntStream.of(1, 3, 7, 9, 11, 13, 17, 19)
                .mapToObj(stride -> (Race.Call)
                        () -> post(i -> customer(stride * SIZE + i, null, (i + 1) * stride % (SIZE + 1), "x")))
                .toArray(Race.Call[]::new));

        Collections.sort(statuses);
        assertEquals(List.of(0, 2103, 2103, 2103, 2103, 2103, 2103, 2103), statuses);
        assertEquals(SIZE, Sql.number("select count(distinct reference_id) from customer"));
    }

    private int post(IntFunction<String> entry) {
        return status("POST", "/customers", batch(entry));
    }

    private int status(String method, String path, String body) {
        return api.send(method, path, body).extract().path("status");
    }

    private static String customer(int number, String group, int reference, String city) {
        return "{\"name\":\"c%d\",\"groupName\":\"%s\",\"referenceId\":\"r%d\",\"city\":\"%s\"}"
                .formatted(number, group == null ? "" : group, reference, city);
    }

    private static String batch(IntFunction<String> entry) {
        return IntStream.range(0, SIZE).mapToObj(entry).collect(Collectors.joining(",", "[", "]"));
    }
}
