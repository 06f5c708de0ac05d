package backoffice.vendor;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 2.1 and 2.2: the key of a call, and what a vendor sees. */
@QuarkusTest
class CurrentVendorTest {

    private final Api acme = Api.as(Vendors.ACME);
    private final Api globex = Api.as(Vendors.GLOBEX);

    @BeforeEach
    void clean() {
        Sql.clean();
    }

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

    @Test
    void another_vendors_group_looks_like_a_group_that_does_not_exist() {
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        acme.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);
        globex.post("/customer_groups", "{\"name\":\"g\"}").statusCode(200);

        globex.get("/customer_groups/a").statusCode(404).body("status", is(2001));
        globex.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(404).body("status", is(2001));
        globex.delete("/customer_groups/a").statusCode(404).body("status", is(2001));
        globex.get("/customer_groups/a/customers").statusCode(404).body("status", is(2001));
        globex.post("/customer_groups/g/customers", "[{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(404)
                .body("status", is(2001));
        globex.post("/customer_groups/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"%\"]}]}")
                .body("data.items.name", equalTo(List.of("g")));
    }

    @Test
    void two_vendors_can_have_the_same_customers_and_referenceIds_without_affecting_each_other() {
        // Given two vendors with the same customers
        String customers = "[{\"name\":\"c\",\"groupName\":\"same\",\"referenceId\":\"r\",\"city\":\"old\"},"
                + "{\"name\":\"c\",\"referenceId\":\"r2\",\"city\":\"old\"}]";
        for (Api vendor : List.of(acme, globex)) {
            vendor.post("/customer_groups", "{\"name\":\"same\"}").statusCode(200);
            vendor.post("/customers", customers).statusCode(200);
        }

        // When one vendor changes its data
        globex.post("/customers", customers.replace("old", "new").replace("r2", "r3"))
                .statusCode(200);
        globex.patch(
                        "/customers",
                        "[{\"name\":\"c\",\"referenceId\":\"r\"},"
                                + "{\"name\":\"c\",\"groupName\":\"same\",\"referenceId\":null}]")
                .statusCode(200);
        globex.delete("/customers/same/c").statusCode(200);

        // Then the data of the other vendor is unchanged
        for (var read : List.of(acme.get("/customers"), acme.post("/customers/data", ""))) {
            read.body("data.total", is(2))
                    .body("data.items.city", equalTo(List.of("old", "old")))
                    .body("data.items.referenceId", equalTo(List.of("r2", "r")));
        }
        globex.get("/customers").body("data.items.referenceId", equalTo(List.of("r")));
    }

    @Test
    void another_vendors_customer_looks_like_a_customer_that_does_not_exist() {
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        acme.post("/customers", "[{\"name\":\"c\"},{\"name\":\"c\",\"groupName\":\"a\"}]")
                .statusCode(200);

        globex.get("/customers").body("data.total", is(0));
        globex.post("/customers/data", "{\"querys\":[{\"name\":\"name\",\"op\":\"like\",\"values\":[\"%\"]}]}")
                .body("data.total", is(0));
        for (var call : List.of(
                globex.get("/customers/c"),
                globex.delete("/customers/c"),
                globex.patch("/customers", "[{\"name\":\"c\"}]"))) {
            call.statusCode(404).body("status", is(2101));
        }
        for (var call : List.of(
                globex.get("/customers/a/c"),
                globex.delete("/customers/a/c"),
                globex.patch("/customers", "[{\"name\":\"c\",\"groupName\":\"a\"}]"),
                globex.post("/customers", "[{\"name\":\"c\",\"groupName\":\"a\"}]"))) {
            call.statusCode(404).body("status", is(2001));
        }
    }
}
