package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.in;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Concurrent calls on the same customers end as in some sequential order, without a fault and without a deadlock. */
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
    void concurrent_equal_upserts_create_each_customer_once() throws InterruptedException {
        List<Integer> statuses = race.run(
                () -> post(i -> customer(i, "a", i, "one")),
                () -> post(i -> customer(SIZE - 1 - i, "a", SIZE - 1 - i, "two")),
                () -> post(i -> customer(i, "a", i, "three")),
                () -> post(i -> customer(SIZE - 1 - i, "a", SIZE - 1 - i, "four")));

        assertEquals(List.of(0, 0, 0, 0), statuses);
        assertEquals(SIZE, Sql.number("select count(*) from customer"));
        assertEquals(
                1, Sql.number("select count(distinct city) from customer"), "all rows are of the batch that was last");
    }

    @RepeatedTest(5)
    void a_referenceId_that_several_concurrent_batches_claim_goes_to_one() throws InterruptedException {
        List<Integer> statuses = race.run(
                () -> post(i -> customer(i, "a", i, "x")),
                () -> post(i -> customer(i, "b", SIZE - 1 - i, "y")),
                () -> post(i -> customer(i, null, i, "z")));

        Collections.sort(statuses);
        assertEquals(List.of(0, 2103, 2103), statuses);
        assertEquals(SIZE, Sql.number("select count(distinct reference_id) from customer"));
        assertEquals(SIZE, Sql.number("select count(*) from customer"));
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
    void concurrent_swaps_leave_each_referenceId_with_one_customer() throws InterruptedException {
        post(i -> customer(i, "a", i, "x"));

        List<Integer> statuses = race.run(
                () -> patch(i -> customer(i, "a", i ^ 1, "swapped")),
                () -> patch(i -> customer(SIZE - 1 - i, "a", i, "reversed")),
                () -> post(i -> customer(i, "a", (i + 1) % SIZE, "turned")),
                () -> patch(i -> customer(i, "a", i, "as before")));

        assertEquals(List.of(0, 0, 0, 0), statuses);
        assertEquals(SIZE, Sql.number("select count(distinct reference_id) from customer"));
        assertEquals(
                1, Sql.number("select count(distinct city) from customer"), "all rows are of the batch that was last");
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

    @RepeatedTest(5)
    void a_group_is_deleted_or_filled_but_never_both() throws InterruptedException {
        List<Integer> statuses = race.run(
                () -> post(i -> customer(i, "a", i, "x")),
                () -> api.delete("/customer_groups/a").extract().path("status"));

        assertTrue(
                statuses.equals(List.of(0, 2003)) || statuses.equals(List.of(2001, 0)),
                "an order of both: " + statuses);
        assertEquals(statuses.get(0) == 0 ? SIZE : 0, Sql.number("select count(*) from customer"));
    }

    @RepeatedTest(5)
    void concurrent_upserts_and_additions_create_each_customer_once() throws InterruptedException {
        String names = batch(i -> "{\"name\":\"c%d\"}".formatted(SIZE - 1 - i));

        List<Integer> statuses = race.run(
                () -> post(i -> customer(i, "a", i, "x")),
                () -> status("POST", "/customer_groups/a/customers", names),
                () -> post(i -> customer(SIZE - 1 - i, "a", i, "y")));

        assertEquals(List.of(0, 0, 0), statuses);
        assertEquals(SIZE, Sql.number("select count(*) from customer where group_id is not null"));
        assertEquals(
                1, Sql.number("select count(distinct city) from customer"), "all rows are of the upsert that was last");
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
