package backoffice.vendor;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 2.1: a key that may read only. */
@QuarkusTest
class ReadOnlyKeyTest {

    private static String key;

    @BeforeAll
    static void a_read_only_key() {
        Sql.clean();
        key = StoredKeys.create("reader", true);
    }

    @BeforeEach
    void in_force() {
        StoredKeys.awaitStatus(key, 200);
    }

    @AfterAll
    static void no_key() {
        StoredKeys.deleteAll();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /customer_groups, '{\"name\":\"b\"}'",
        "PATCH, /customer_groups/a, '{\"name\":\"b\"}'",
        "POST, /customer_groups/a, '{\"name\":\"b\"}'",
        "DELETE, /customer_groups/a, ''",
        "POST, /customer_groups/a/customers, '[{\"name\":\"c\"}]'",
        "DELETE, /customer_groups/a/customers, '[{\"name\":\"c\"}]'",
        "POST, /customers, '[{\"name\":\"c\"}]'",
        "PATCH, /customers, '[{\"name\":\"c\"}]'",
        "POST, /customers, 'not JSON'",
        "DELETE, /customers/c, ''",
        "DELETE, /customers/a/c, ''"
    })
    void a_read_only_key_gets_1103_for_a_change(String method, String path, String body) {
        Api.as(key)
                .send(method, path, body)
                .statusCode(403)
                .body(is("{\"status\":1103,\"msg\":\"The bitkey may read only.\"}"));
    }

    @ParameterizedTest
    @CsvSource({"/customer_groups/data", "/customers/data"})
    void a_read_only_key_may_search(String path) {
        Api.as(key).post(path, "{}").statusCode(200);
    }

    @Test
    void a_mistyped_key_is_told_from_an_unknown_one() {
        String unknown = BitkeyText.generate();
        String mistyped = (unknown.charAt(9) == 'x' ? "y" : "x") + unknown.substring(10);

        Api.as(unknown)
                .get("/customer_groups")
                .statusCode(401)
                .body(is("{\"status\":1102,\"msg\":\"The bitkey is unknown.\"}"));
        Api.as(unknown.substring(0, 9) + mistyped)
                .get("/customer_groups")
                .statusCode(401)
                .body(is("{\"status\":1102,"
                        + "\"msg\":\"The bitkey is mistyped: its last characters do not match the others.\"}"));
    }
}
