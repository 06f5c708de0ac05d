package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;

/** Many concurrent calls on the same customers. {@code CallsAtOnceTest} has each pair of calls. */
@Tag("slow")
@QuarkusTest
class CustomerRaceTest {

    private static final int SIZE = 100;

    private final Api api = Api.as(Vendors.ACME);
    private final Race race = new Race();

    @BeforeEach
    void two_groups() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @AfterEach
    void stop() {
        race.close();
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

    @RepeatedTest(5)
    void customers_that_are_concurrently_written_moved_and_deleted_exist_at_most_once() throws InterruptedException {
        post(i -> customer(i, "a", i, "x"));
        String keys = batch(i -> "{\"name\":\"c%d\",\"groupName\":\"a\"}".formatted(SIZE - 1 - i));

        List<Integer> statuses = race.run(
                () -> patch(i -> customer(i, "a", i, "patched")),
                () -> status("POST", "/customer_groups/b/customers", keys),
                () -> status("DELETE", "/customer_groups/a/customers", keys),
                () -> api.delete("/customers/a/c7").extract().path("status"),
                () -> api.delete("/customers/b/c8").extract().path("status"),
                () -> api.delete("/customers/c9").extract().path("status"));

        assertThat(statuses, everyItem(in(List.of(0, 2101))));
        long deleted = statuses.subList(3, 6).stream().filter(s -> s == 0).count();
        assertEquals(SIZE - deleted, Sql.number("select count(*) from customer"));
        assertEquals(SIZE - deleted, Sql.number("select count(distinct name) from customer"));
    }

    private int post(IntFunction<String> entry) {
        return status("POST", "/customers", batch(entry));
    }

    private int patch(IntFunction<String> entry) {
        return status("PATCH", "/customers", batch(entry));
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
