package backoffice.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlRecorder;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 3.5: the number of SQL statements of a batch does not depend on its size. */
@QuarkusTest
class GroupMembersStatementsTest {

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void groups() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Test
    void creating_moving_and_removing_need_the_same_number_of_statements_for_10_and_1000_entries() {
        IntFunction<String> plain = i -> "{\"name\":\"c%d\"}".formatted(i);
        IntFunction<String> fromA = i -> "{\"name\":\"c%d\",\"groupName\":\"a\"}".formatted(i);

        for (int size : new int[] {10, 1000}) {
            assertEquals(2, statementsOf("POST", "a", size, plain), "create " + size);
            assertEquals(2, statementsOf("POST", "b", size, fromA), "move " + size);
            assertEquals(1, statementsOf("POST", "b", size, plain), "change nothing " + size);
            assertEquals(2, statementsOf("DELETE", "b", size, plain), "take out " + size);
            assertEquals(2, statementsOf("POST", "a", size, plain), "move in without a group " + size);
            Sql.execute("truncate customer");
        }
    }

    @Test
    void a_batch_that_moves_and_creates_needs_three_statements() {
        statementsOf("POST", "a", 10, i -> "{\"name\":\"old%d\"}".formatted(i));

        assertEquals(
                3,
                statementsOf(
                        "POST",
                        "b",
                        20,
                        i -> i < 10
                                ? "{\"name\":\"old%d\",\"groupName\":\"a\"}".formatted(i)
                                : "{\"name\":\"new%d\"}".formatted(i)));
    }

    private int statementsOf(String method, String group, int size, IntFunction<String> entry) {
        String batch = IntStream.range(0, size).mapToObj(entry).collect(Collectors.joining(",", "[", "]"));
        return SqlRecorder.count(() -> api.send(method, "/customer_groups/" + group + "/customers", batch)
                .statusCode(200));
    }
}
