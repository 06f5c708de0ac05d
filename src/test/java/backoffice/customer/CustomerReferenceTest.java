package backoffice.customer;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 5.5: a referenceId is unique for a vendor. The state after the batch decides. */
@QuarkusTest
public class CustomerReferenceTest extends ApiTest {

    @BeforeEach
    void three_customers() {
        send("POST", 0, "x:1", "y:2", "z:null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void two_customers_can_swap_referenceIds_and_three_can_rotate_them(String method) {
        send(method, 0, "x:2", "y:1");
        references("2", "1", null);

        send(method, 0, "x:null", "y:2", "z:1");
        references(null, "2", "1");

        send(method, 0, "z:2", "x:1", "y:null");
        references("1", null, "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void a_referenceId_that_another_customer_keeps_is_2103_and_the_message_names_both(String method) {
        api.send(method, "/customers", batch("z:3", "y:1"))
                .statusCode(409)
                .body(is("{\"status\":2103,"
                        + "\"msg\":\"[1]: The referenceId \\\"1\\\" belongs to another customer, \\\"x\\\".\"}"));
        references("1", "2", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void the_second_of_two_entries_with_the_same_referenceId_is_2103(String method) {
        api.send(method, "/customers", batch("z:1", "y:null", "x:1"))
                .statusCode(409)
                .body(is("{\"status\":2103,"
                        + "\"msg\":\"[2]: The referenceId \\\"1\\\" belongs to another customer, \\\"z\\\".\"}"));
        references("1", "2", null);
    }

    @Test
    void a_patch_entry_without_a_referenceId_keeps_its_referenceId() {
        api.patch("/customers", "[{\"name\":\"z\",\"referenceId\":\"1\"},{\"name\":\"x\",\"city\":\"c\"}]")
                .statusCode(409)
                .body(is("{\"status\":2103,"
                        + "\"msg\":\"[0]: The referenceId \\\"1\\\" belongs to another customer, \\\"x\\\".\"}"));
        references("1", "2", null);
    }

    @Test
    void a_post_entry_without_a_referenceId_gives_its_referenceId_up() {
        api.post("/customers", "[{\"name\":\"new\",\"referenceId\":\"1\"},{\"name\":\"x\"}]")
                .statusCode(200);

        api.get("/customers").body("data.items.referenceId", equalTo(Arrays.asList("1", null, "2", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void a_customer_can_keep_its_referenceId_and_many_can_have_none(String method) {
        send(method, 0, "x:1", "y:2", "z:null");
        send(method, 0, "x:null", "y:null", "z:null");
        references(null, null, null);
    }

    @Test
    void the_same_name_in_another_group_is_another_customer() {
        api.post("/customer_groups", "{\"name\":\"g\"}").statusCode(200);

        api.post("/customers", "[{\"name\":\"x\",\"groupName\":\"g\",\"referenceId\":\"1\"}]")
                .statusCode(409)
                .body("status", is(2103));
        api.post("/customers", "[{\"name\":\"x\",\"groupName\":\"g\",\"referenceId\":\"1\"},{\"name\":\"x\"}]")
                .statusCode(200);
        references(null, "1", "2", null);
    }

    private void send(String method, int status, String... entries) {
        api.send(method, "/customers", batch(entries)).body("status", is(status));
    }

    private void references(String... expected) {
        api.get("/customers").body("data.items.referenceId", equalTo(Arrays.asList(expected)));
    }

    private static String batch(String... entries) {
        List<String> customers = Stream.of(entries)
                .map(entry -> entry.split(":"))
                .map(e -> "{\"name\":\"" + e[0] + "\",\"referenceId\":"
                        + (e[1].equals("null") ? "null" : "\"" + e[1] + "\"") + "}")
                .toList();
        return "[" + String.join(",", customers) + "]";
    }
}
