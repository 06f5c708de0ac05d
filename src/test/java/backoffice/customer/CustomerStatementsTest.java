package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlRecorder;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs/api.md, section 3.5: the number of SQL statements of a batch does not depend on its size.
 * A read is one statement.
 */
@QuarkusTest
class CustomerStatementsTest {

    private static final String CUSTOMER = "{\"name\":\"c%d\",\"groupName\":\"a\",\"referenceId\":\"r%d\"}";

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void a_group() {
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @Test
    void creating_overwriting_and_changing_need_the_same_number_of_statements_for_10_and_1000_entries() {
        IntFunction<String> same = i -> CUSTOMER.formatted(i, i);
        IntFunction<String> swapped = i -> CUSTOMER.formatted(i, i ^ 1);

        for (int size : new int[] {10, 1000}) {
            assertEquals(4, statementsOf("POST", size, same), "create " + size);
            assertEquals(4, statementsOf("POST", size, same), "overwrite " + size);
            assertEquals(4, statementsOf("PATCH", size, same), "change " + size);
            assertEquals(5, statementsOf("PATCH", size, swapped), "swap by changing " + size);
            assertEquals(5, statementsOf("POST", size, same), "swap by overwriting " + size);
            Sql.execute("truncate customer");
        }
    }

    @Test
    void a_batch_that_creates_overwrites_and_swaps_needs_six_statements() {
        statementsOf("POST", 10, i -> CUSTOMER.formatted(i, i));

        assertEquals(6, statementsOf("POST", 20, i -> CUSTOMER.formatted(i, 19 - i)));
    }

    @Test
    void a_successful_read_or_deletion_is_one_statement() {
        statementsOf("POST", 10, i -> CUSTOMER.formatted(i, i));

        assertEquals(1, SqlRecorder.count(() -> api.get("/customers").statusCode(200)));
        assertEquals(1, SqlRecorder.count(() -> api.post("/customers/data", "").statusCode(200)));
        assertEquals(1, SqlRecorder.count(() -> api.get("/customers/a/c1").statusCode(200)));
        assertEquals(1, SqlRecorder.count(() -> api.delete("/customers/a/c1").statusCode(200)));
    }

    @Test
    void a_read_or_deletion_that_finds_nothing_is_one_statement() {
        for (String path : List.of("/customers/a/nobody", "/customers/nowhere/nobody", "/customers/nobody")) {
            assertEquals(1, SqlRecorder.count(() -> api.get(path).statusCode(404)), path);
            assertEquals(1, SqlRecorder.count(() -> api.delete(path).statusCode(404)), path);
        }
    }

    private int statementsOf(String method, int size, IntFunction<String> entry) {
        String batch = IntStream.range(0, size).mapToObj(entry).collect(Collectors.joining(",", "[", "]"));
        return SqlRecorder.count(() -> api.send(method, "/customers", batch).statusCode(200));
    }
}
