package backoffice.concurrency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Concurrent calls on the same names, without a deadlock. {@code CallsAtOnceTest} has each pair of calls. */
@Tag("slow")
@QuarkusTest
public class BatchRacesTest extends ApiTest {

    private static final int SIZE = 200;
    private static final int CLAIMS = 100;
    private static final List<String> NAMES =
            IntStream.range(0, SIZE).mapToObj("n%03d"::formatted).toList();

    @AutoClose
    private final Race race = new Race();

    @BeforeEach
    void two_groups() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @RepeatedTest(20)
    void concurrent_moves_of_the_same_names_into_one_group_do_not_deadlock() throws Exception {
        // Given two groups in which the ids of the customers ascend and descend with their names
        api.post("/customer_groups", "{\"name\":\"c\"}").statusCode(200);
        Sql.execute("""
                insert into customer (vendor, name, group_id, reg_date)
                select g.vendor, 'n' || to_char(i, 'FM000'), g.id, '1998-01-01'
                from customer_group g, generate_series(0, %d - 1) i where g.name <> 'c'
                order by g.id, case g.name when 'a' then i else -i end
                """.formatted(SIZE));
        long before = Sql.deadlocks();

        // When the customers of both groups move to c, and the same names are created there
        List<Integer> statuses =
                race.run(() -> add("c", NAMES, "a"), () -> add("c", NAMES, "b"), () -> add("c", NAMES, null));

        // Then at least one batch succeeds, and no deadlock occurred
        assertTrue(statuses.contains(0), statuses::toString);
        assertEquals(SIZE, members("c"));
        assertEquals(before, Sql.deadlocks());
    }

    @RepeatedTest(5)
    void a_group_is_deleted_or_filled_but_never_both() throws Exception {
        List<Integer> statuses = race.run(
                () -> add("a", NAMES, null),
                () -> api.delete("/customer_groups/a").extract().path("status"));

        assertTrue(
                statuses.equals(List.of(0, 2003)) || statuses.equals(List.of(2001, 0)),
                "an order of both: " + statuses);
        assertEquals(statuses.get(0) == 0 ? SIZE : 0, Sql.number("select count(*) from customer"));
    }

    @Test
    void an_addition_that_waited_for_a_removal_moves_the_customer_back_in() throws Exception {
        add("a", List.of("c"), null);

        int status =
                whileLocked("update customer set group_id = null where name = 'c'", () -> add("a", List.of("c"), null));

        assertEquals(0, status);
        assertEquals(1, Sql.number("select count(*) from customer"));
        assertEquals(1, members("a"));
    }

    @Test
    void an_addition_that_waited_for_another_batch_sees_all_its_changes() throws Exception {
        add("a", List.of("c"), null);
        remove("a", List.of("c"));

        int status = whileLocked("""
                update customer set city = 'x' where name = 'c';
                insert into customer (vendor, name, reg_date) values ('acme', 'new', now())
                """, () -> add("a", List.of("c", "new"), null));

        assertEquals(0, status);
        assertEquals(2, Sql.number("select count(*) from customer"));
        assertEquals(2, members("a"));
    }

    /**
     * Runs a call while a transaction with these statements holds its locks. The
     * transaction commits once the call waits.
     */
    private int whileLocked(String sql, Race.Call call) throws Exception {
        try (SqlConnection other = new SqlConnection()) {
            other.execute("begin; " + sql);
            List<Integer> statuses = race.run(call, () -> {
                Sql.awaitLockWaits(1);
                other.execute("commit");
                return 0;
            });
            return statuses.get(0);
        }
    }

    private int add(String group, List<String> names, String from) {
        return send("POST", group, names, from);
    }

    private int remove(String group, List<String> names) {
        return send("DELETE", group, names, null);
    }

    private int send(String method, String group, List<String> names, String groupName) {
        String batch = names.stream()
                .map(name -> "{\"name\":\"" + name + "\""
                        + (groupName == null ? "" : ",\"groupName\":\"" + groupName + "\"") + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return api.send(method, "/customer_groups/" + group + "/customers", batch)
                .extract()
                .path("status");
    }

    private int members(String group) {
        return api.get("/customer_groups/" + group + "/customers").extract().path("data.total");
    }

    @RepeatedTest(5)
    void concurrent_claims_of_the_same_referenceIds_in_any_order_do_not_deadlock() throws InterruptedException {
        List<Integer> statuses = race.run(IntStream.of(1, 3, 7, 9, 11, 13, 17, 19)
                .mapToObj(stride -> (Race.Call) () -> claim(stride))
                .toArray(Race.Call[]::new));

        Collections.sort(statuses);
        assertEquals(List.of(0, 2103, 2103, 2103, 2103, 2103, 2103, 2103), statuses);
        assertEquals(CLAIMS, Sql.number("select count(distinct reference_id) from customer"));
    }

    private int claim(int stride) {
        String batch = IntStream.range(0, CLAIMS)
                .mapToObj(i -> "{\"name\":\"c%d\",\"referenceId\":\"r%d\"}"
                        .formatted(stride * CLAIMS + i, (i + 1) * stride % (CLAIMS + 1)))
                .collect(Collectors.joining(",", "[", "]"));
        return api.post("/customers", batch).extract().path("status");
    }
}
