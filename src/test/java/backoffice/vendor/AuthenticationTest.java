package backoffice.vendor;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 2.1 and 2.2: the key of a call, and what a vendor sees. */
@QuarkusTest
public class AuthenticationTest extends ApiTest {

    private final Api acme = Api.as(Vendors.ACME);
    private final Api globex = Api.as(Vendors.GLOBEX);

    @Test
    void a_call_without_a_key_is_1101() {
        RestAssured.get(Api.BASE_PATH + "/customer_groups")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", is("bitkey"))
                .body(is("{\"status\":1101,\"msg\":\"The header \\\"bitkey\\\" is missing.\"}"));
        Api.as("").get("/customer_groups").statusCode(401).body("status", is(1101));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"wrong", "acme-ke", "acme-key2", "ACME-KEY", "acme-key,acme-key-of-next-year", "acme", "sha256:0"
            })
    void a_call_with_an_unknown_key_is_1102_and_the_key_is_not_repeated(String bitkey) {
        Api.as(bitkey)
                .get("/customer_groups")
                .statusCode(401)
                .body(is("{\"status\":1102,\"msg\":\"The bitkey is unknown.\"}"));
    }

    @Test
    void every_key_of_a_vendor_reaches_the_same_data() {
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);

        Api.as(Vendors.ACME_ROTATED).get("/customer_groups").body("data.items.name", equalTo(List.of("a")));
    }

    @Test
    void two_vendors_can_use_the_same_names_without_affecting_each_other() {
        // Given two vendors with the same group and customer
        for (Api vendor : List.of(acme, globex)) {
            vendor.post("/customer_groups", "{\"name\":\"same\"}").statusCode(200);
            vendor.post("/customer_groups/same/customers", "[{\"name\":\"c\"}]").statusCode(200);
        }
        acme.post("/customer_groups", "{\"name\":\"acme's own\"}").statusCode(200);

        // When one vendor changes its data
        globex.delete("/customer_groups/same/customers", "[{\"name\":\"c\"}]").statusCode(200);
        globex.delete("/customer_groups/same").statusCode(200);
        globex.post("/customer_groups", "{\"name\":\"x\"}").statusCode(200);
        globex.patch("/customer_groups/x", "{\"name\":\"acme's own\"}").statusCode(200);

        // Then the data of the other vendor is unchanged
        acme.get("/customer_groups").body("data.items.name", equalTo(List.of("acme's own", "same")));
        acme.get("/customer_groups/same/customers").body("data.items.name", equalTo(List.of("c")));
        globex.get("/customer_groups").body("data.items.name", equalTo(List.of("acme's own")));
    }
}
