package backoffice.customer;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract, section 5: a referenceId is unique in the vendor, judged on what is there after the batch. */
@QuarkusTest
class CustomerReferenceTest {

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void three_customers() {
        Sql.clean();
        send("POST", 0, "x:1", "y:2", "z:null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void two_customers_may_swap_theirs_and_three_pass_them_round(String method) {
        send(method, 0, "x:2", "y:1");
        references("2", "1", null);

        send(method, 0, "x:null", "y:2", "z:1");
        references(null, "2", "1");

        send(method, 0, "z:2", "x:1", "y:null");
        references("1", null, "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void one_that_another_customer_keeps_is_2103_and_names_both(String method) {
        api.send(method, "/customers", batch("z:3", "y:1"))
                .statusCode(409)
                .body(is("{\"status\":2103,"
                        + "\"msg\":\"[1]: The referenceId \\\"1\\\" belongs to another customer, \\\"x\\\".\"}"));
        references("1", "2", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void of_two_entries_that_ask_for_the_same_the_later_one_fails(String method) {
        api.send(method, "/customers", batch("z:1", "y:null", "x:1"))
                .statusCode(409)
                .body(is("{\"status\":2103,"
                        + "\"msg\":\"[2]: The referenceId \\\"1\\\" belongs to another customer, \\\"z\\\".\"}"));
        references("1", "2", null);
    }

    @Test
    void an_entry_that_is_silent_on_its_own_keeps_it_from_the_others() {
        api.patch("/customers", "[{\"name\":\"z\",\"referenceId\":\"1\"},{\"name\":\"x\",\"city\":\"c\"}]")
                .statusCode(409)
                .body(is("{\"status\":2103,"
                        + "\"msg\":\"[0]: The referenceId \\\"1\\\" belongs to another customer, \\\"x\\\".\"}"));
        references("1", "2", null);
    }

    @Test
    void an_overwritten_customer_hands_over_what_it_is_not_sent_with() {
        api.post("/customers", "[{\"name\":\"new\",\"referenceId\":\"1\"},{\"name\":\"x\"}]")
                .statusCode(200);

        api.get("/customers").body("data.items.referenceId", equalTo(Arrays.asList("1", null, "2", null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void its_own_again_and_none_for_many_are_fine(String method) {
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
