package backoffice.concurrency;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Concurrent calls on the same names, without a deadlock. {@code CallsAtOnceTest} has each pair of calls. */
@Tag("slow")
@QuarkusTest
public class BatchRacesTest extends ApiTest {

    private static final int SIZE = 200;

    @BeforeEach
    void two_groups() {
        createGroups("a", "b");
    }

    @RepeatedTest(20)
    void concurrent_moves_of_the_same_names_into_one_group_do_not_deadlock() {
        // Given two groups in which the ids of the customers ascend and descend with their names
        createGroups("c");
        Sql.execute("""
                insert into customer (vendor, name, group_id, reg_date)
                select g.vendor, 'n' || to_char(i, 'FM000'), g.id, '1998-01-01'
                from customer_group g, generate_series(0, %d - 1) i where g.name <> 'c'
                order by g.id, case g.name when 'a' then i else -i end
                """.formatted(SIZE));
        long before = Sql.deadlocks();

        // When the customers of both groups move to c, and the same names are created there
        List<Integer> statuses = Race.run(() -> addAll("\"a\""), () -> addAll("\"b\""), () -> addAll("null"));

        // Then at least one batch succeeds, and no deadlock occurred
        assertTrue(statuses.contains(0), statuses::toString);
        assertEquals(SIZE, members("c"));
        assertEquals(before, Sql.deadlocks());
    }

    @RepeatedTest(20)
    void concurrent_renames_to_the_same_names_do_not_deadlock() {
        // Given customers whose ids ascend and descend with the names that they will have
        Sql.execute("""
                insert into customer (vendor, name, group_id, reg_date)
                select g.vendor, prefix || '-n' || to_char(i, 'FM000'), g.id, '1998-01-01'
                from customer_group g, unnest(array['up', 'down']) prefix, generate_series(0, %d - 1) i where g.name = 'a'
                order by prefix, case prefix when 'up' then i else -i end
                """.formatted(SIZE));
        long before = Sql.deadlocks();

        // When two batches give them the same names
        List<Integer> statuses = Race.run(() -> rename("up"), () -> rename("down"));

        // Then one rename is done, the other one is refused, and no deadlock occurred
        assertEquals(Set.of(0, 2102), Set.copyOf(statuses));
        assertEquals(2 * SIZE, members("a"));
        assertEquals(before, Sql.deadlocks());
    }

    @Test
    void a_rename_and_a_creation_of_the_same_names_in_another_order_do_not_deadlock() {
        // Given customers, and a creation and a rename that wait in the middle of the same names
        Sql.execute("""
                insert into customer (vendor, name, group_id, reg_date)
                select vendor, 'old-n' || to_char(i, 'FM000'), id, '1998-01-01'
                from customer_group, generate_series(0, %d - 1) i where name = 'a'
                """.formatted(SIZE));
        long before = Sql.deadlocks();
        try (SqlConnection other = new SqlConnection()) {
            other.execute("begin; insert into customer (vendor, name, group_id, reg_date)"
                    + " select vendor, 'n100', id, now() from customer_group where name = 'a'");

            // When they go on
            List<Integer> statuses = Race.run(() -> create("a"), () -> rename("old", i -> SIZE - 1 - i), () -> {
                Sql.awaitLockWaits(2);
                other.execute("rollback");
                return 0;
            });

            // Then one of them is done, and no deadlock occurred
            assertThat(statuses, is(oneOf(List.of(0, 2102, 0), List.of(0, 0, 0))));
        }
        assertEquals(before, Sql.deadlocks());
    }

    /** The changes of the other batch, and the addition. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            update customer set group_id = null where name = 'in'                            | [{"name":"in"}]
            update customer set city = 'x' where name = 'out';                               \
              insert into customer (vendor, name, reg_date) values ('acme', 'new', now())    | [{"name":"out"},{"name":"new"}]
            """)
    void an_addition_that_waited_for_another_batch_sees_all_its_changes(String changes, String batch) {
        // Given a customer in the group and one without a group, and a batch that has changed and not committed
        api.post("/customers", "[{\"name\":\"in\",\"groupName\":\"a\"},{\"name\":\"out\"}]")
                .statusCode(200);
        long before;
        try (SqlConnection other = new SqlConnection()) {
            other.execute("begin; " + changes);
            before = Long.parseLong(other.text("select count(*) from customer"));

            // When an addition waits for it
            List<Integer> statuses = Race.run(() -> add("a", batch), () -> {
                Sql.awaitLockWaits(1);
                other.execute("commit");
                return 0;
            });

            // Then the customers without a group move in, and none is created
            assertEquals(List.of(0, 0), statuses);
        }
        assertEquals(before, Sql.number("select count(*) from customer"));
        assertEquals(batch.contains("new") ? 3 : 1, members("a"));
    }

    /** Adds all names to group c. @param from the name of their group, or null, in JSON */
    private int addAll(String from) {
        return add("c", Api.batch(0, SIZE, i -> "{\"name\":\"n%03d\",\"groupName\":%s}".formatted(i, from)));
    }

    private int create(String group) {
        return api.post(
                        "/customers",
                        Api.batch(0, SIZE, i -> "{\"name\":\"n%03d\",\"groupName\":\"%s\"}".formatted(i, group)))
                .extract()
                .path("status");
    }

    private int add(String group, String batch) {
        return api.post("/customer_groups/" + group + "/customers", batch)
                .extract()
                .path("status");
    }

    private int rename(String prefix) {
        return rename(prefix, i -> i);
    }

    private int rename(String prefix, IntUnaryOperator number) {
        String entry = "{\"name\":\"%1$s-n%2$03d\",\"groupName\":\"a\",\"newName\":\"n%2$03d\"}";
        return api.patch("/customers", Api.batch(0, SIZE, i -> entry.formatted(prefix, number.applyAsInt(i))))
                .extract()
                .path("status");
    }

    private int members(String group) {
        return api.get("/customer_groups/" + group + "/customers").extract().path("data.total");
    }
}
