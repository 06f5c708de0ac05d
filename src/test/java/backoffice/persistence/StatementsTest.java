package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.CitusCluster;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlRecorder;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 3.5: the number of SQL statements of a batch does not depend on its size. A read is one. */
@QuarkusTest
class StatementsTest extends ApiTest {

    private static final IntFunction<String> NAMED = "{\"name\":\"c%d\"}"::formatted;
    private static final IntFunction<String> NAMED_IN_A = "{\"name\":\"c%d\",\"groupName\":\"a\"}"::formatted;
    private static final String CUSTOMER = "{\"name\":\"c%d\",\"groupName\":\"a\",\"referenceId\":\"r%d\"}";

    @BeforeEach
    void groups() {
        createGroups("a", "b");
    }

    @Test
    void a_batch_of_members_needs_the_same_number_of_statements_for_10_and_1000_entries() {
        String a = "/customer_groups/a/customers";
        String b = "/customer_groups/b/customers";
        for (int size : new int[] {10, 1000}) {
            assertEquals(2, statementsOf("POST", a, size, NAMED), "create " + size);
            assertEquals(2, statementsOf("POST", b, size, NAMED_IN_A), "move " + size);
            assertEquals(1, statementsOf("POST", b, size, NAMED), "change nothing " + size);
            assertEquals(2, statementsOf("DELETE", b, size, NAMED), "take out " + size);
            assertEquals(2, statementsOf("POST", a, size, NAMED), "move in without a group " + size);
            Sql.execute("truncate customer");
        }

        statementsOf("POST", a, 10, NAMED);
        assertEquals(3, statementsOf("POST", b, 20, i -> (i < 10 ? NAMED_IN_A : NAMED).apply(i)), "move and create");
    }

    @Tag("slow")
    @Test
    void a_batch_of_customers_needs_the_same_number_of_statements_for_10_and_1000_entries() {
        IntFunction<String> same = i -> CUSTOMER.formatted(i, i);
        IntFunction<String> swapped = i -> CUSTOMER.formatted(i, i ^ 1);
        IntFunction<String> renamed = i -> same.apply(i).replace("}", ",\"newName\":\"d" + i + "\"}");
        IntFunction<String> deleted = i -> NAMED_IN_A.apply(i).replace("c", "d");
        for (int size : new int[] {10, 1000}) {
            assertEquals(4, statementsOf("POST", "/customers", size, same), "create " + size);
            assertEquals(4, statementsOf("POST", "/customers", size, same), "overwrite " + size);
            assertEquals(4, statementsOf("PATCH", "/customers", size, same), "change " + size);
            assertEquals(5, statementsOf("PATCH", "/customers", size, swapped), "swap by changing " + size);
            assertEquals(5, statementsOf("POST", "/customers", size, same), "swap by overwriting " + size);
            assertEquals(4, statementsOf("PATCH", "/customers", size, renamed), "rename " + size);
            assertEquals(2, statementsOf("DELETE", "/customers", size, deleted), "delete " + size);
        }

        statementsOf("POST", "/customers", 10, same);
        IntFunction<String> reversed = i -> CUSTOMER.formatted(i, 19 - i);
        assertEquals(6, statementsOf("POST", "/customers", 20, reversed), "create, overwrite and swap");
    }

    @Test
    void a_read_or_a_deletion_is_one_statement() {
        statementsOf("POST", "/customers", 10, i -> CUSTOMER.formatted(i, i));

        assertEquals(1, SqlRecorder.count(() -> api.get("/customers").statusCode(200)));
        assertEquals(1, SqlRecorder.count(() -> api.post("/customers/data", "").statusCode(200)));
        assertEquals(1, SqlRecorder.count(() -> api.get("/customers/a/c1").statusCode(200)));
        assertEquals(1, SqlRecorder.count(() -> api.delete("/customers/a/c1").statusCode(200)));
    }

    @Test
    void a_call_that_finds_no_group_or_customer_is_tried_again_on_a_cluster_alone() {
        // Given that the service knows what the database is
        api.delete("/customers/no").statusCode(404);

        int attempts = CitusCluster.isConfigured() ? 2 : 1;
        for (String path : List.of("/customers/a/no", "/customers/no/no", "/customers/no")) {
            assertEquals(1, SqlRecorder.count(() -> api.get(path).statusCode(404)), path);
            assertEquals(attempts, SqlRecorder.count(() -> api.delete(path).statusCode(404)), path);
        }
        String batch = "[{\"name\":\"x\"},{\"name\":\"y\",\"groupName\":\"no\"}]";
        for (String path : List.of("/customer_groups/a/customers", "/customer_groups/no/customers")) {
            assertEquals(attempts, SqlRecorder.count(() -> api.post(path, batch).statusCode(404)), path);
        }
        assertEquals(
                2 * attempts,
                SqlRecorder.count(() -> api.post("/customers", batch).statusCode(404)));
    }

    private int statementsOf(String method, String path, int size, IntFunction<String> entry) {
        String batch = Api.batch(0, size, entry);
        return SqlRecorder.count(() -> api.send(method, path, batch).statusCode(200));
    }
}
