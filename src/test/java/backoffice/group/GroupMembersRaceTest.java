package backoffice.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Concurrent calls on the same names end as in some sequential order, without a fault and without a deadlock. */
@Tag("slow")
@QuarkusTest
class GroupMembersRaceTest {

    private static final int SIZE = 200;

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
    void concurrent_opposite_moves_leave_every_customer_in_one_group() throws Exception {
        // Given the same names in reverse order in two groups
        add("a", names("x", false), null);
        add("b", names("y", false), null);

        // When concurrent batches swap the customers of both groups, each move twice
        List<Integer> statuses = race.run(
                () -> add("b", names("x", false), "a"),
                () -> add("a", names("y", true), "b"),
                () -> add("b", names("x", true), "a"),
                () -> add("a", names("y", false), "b"));

        // Then one of each two equal moves succeeds, and the other finds nothing to move
        Collections.sort(statuses);
        assertEquals(List.of(0, 0, 2101, 2101), statuses);
        assertEquals(SIZE, members("a"));
        assertEquals(SIZE, members("b"));
    }

    @RepeatedTest(5)
    void concurrent_equal_additions_all_succeed_and_create_each_customer_once() throws Exception {
        List<Integer> statuses = race.run(
                () -> add("a", names("n", false), null),
                () -> add("a", names("n", true), null),
                () -> add("a", names("n", false), null),
                () -> add("a", names("n", true), null));

        assertEquals(List.of(0, 0, 0, 0), statuses);
        assertEquals(SIZE, members("a"));
        assertEquals(SIZE, Sql.number("select count(*) from customer"));
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
        List<String> names =
                IntStream.range(0, SIZE).mapToObj("n%03d"::formatted).toList();
        long before = Sql.deadlocks();

        // When the customers of both groups move to c, and the same names are created there
        List<Integer> statuses =
                race.run(() -> add("c", names, "a"), () -> add("c", names, "b"), () -> add("c", names, null));

        // Then at least one batch succeeds, and no deadlock occurred
        assertTrue(statuses.contains(0), statuses::toString);
        assertEquals(SIZE, members("c"));
        assertEquals(before, Sql.deadlocks());
    }

    @RepeatedTest(5)
    void concurrent_removals_of_the_same_name_from_two_groups_leave_one_in_its_group() throws Exception {
        add("a", List.of("c"), null);
        add("b", List.of("c"), null);

        List<Integer> statuses = race.run(() -> remove("a", List.of("c")), () -> remove("b", List.of("c")));

        Collections.sort(statuses);
        assertEquals(List.of(0, 2102), statuses);
        assertEquals(1, Sql.number("select count(*) from customer where group_id is null"));
        assertEquals(1, members("a") + members("b"));
    }

    @RepeatedTest(5)
    void a_group_is_deleted_or_filled_but_never_both() throws Exception {
        List<Integer> statuses = race.run(
                () -> add("a", names("n", false), null),
                () -> api.delete("/customer_groups/a").extract().path("status"));

        assertTrue(
                statuses.equals(List.of(0, 2003)) || statuses.equals(List.of(2001, 0)),
                "an order of both: " + statuses);
        assertEquals(statuses.get(0) == 0 ? SIZE : 0, Sql.number("select count(*) from customer"));
    }

    @RepeatedTest(20)
    void concurrent_renames_of_groups_to_each_others_names_leave_two_names() throws Exception {
        List<Integer> statuses = race.run(() -> rename("a", "b"), () -> rename("b", "a"), () -> rename("a", "c"));

        assertTrue(statuses.stream().allMatch(s -> List.of(0, 2001, 2002).contains(s)), statuses::toString);
        assertEquals(2, Sql.number("select count(distinct name) from customer_group"));
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

    private int rename(String name, String newName) {
        return api.patch("/customer_groups/" + name, "{\"name\":\"" + newName + "\"}")
                .extract()
                .path("status");
    }

    private int members(String group) {
        return api.get("/customer_groups/" + group + "/customers").extract().path("data.total");
    }

    private static List<String> names(String prefix, boolean reversed) {
        return IntStream.range(0, SIZE)
                .mapToObj(i -> prefix + (reversed ? SIZE - 1 - i : i))
                .toList();
    }
}
