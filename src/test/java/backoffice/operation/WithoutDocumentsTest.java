package backoffice.operation;

import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Contract, section 9: one property switches the documents off. */
@Tag("slow")
@QuarkusTest
@TestProfile(WithoutDocumentsTest.Off.class)
class WithoutDocumentsTest {

    /** A service that keeps its documents to itself. */
    public static class Off implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("backoffice.docs", "false");
        }
    }

    @Test
    void neither_the_document_nor_swagger_ui_is_there() {
        RestAssured.get("/q/openapi").then().statusCode(404);
        RestAssured.get("/q/swagger-ui").then().statusCode(404);
        RestAssured.get("/q/swagger-ui/").then().statusCode(404);
    }

    @Test
    void the_calls_are() {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);
    }
}
