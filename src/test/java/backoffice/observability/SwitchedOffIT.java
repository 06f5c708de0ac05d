package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 9.1: the properties that switch off the console and the documents of the API. */
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(SwitchedOffIT.ConsoleAndDocumentsOff.class)
class SwitchedOffIT {

    /** A service without the console and without the documents. */
    public static class ConsoleAndDocumentsOff implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("backoffice.console", "false", "backoffice.docs", "false");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console",
                "/console/",
                "/console/index.html",
                "/console/main.js",
                "//console//index.html",
                "/x/../console/index.html",
                "/%63onsole/index.html",
                "/console%2Findex.html",
                "/x%2F..%2Fconsole%2Findex.html",
                "/_static/lit-html/lit-html.js",
                "/_static/lit-html/3.3.3/lit-html.js",
                "/_importmap/generated_importmap.js"
            })
    void no_path_serves_the_console_or_its_library(String path) {
        assertThat(
                RawHttp.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                startsWith("HTTP/1.1 404"));
    }

    @Test
    void neither_the_openapi_document_nor_swagger_ui_is_served() {
        RestAssured.get("/q/openapi").then().statusCode(404);
        RestAssured.get("/q/swagger-ui").then().statusCode(404);
        RestAssured.get("/q/swagger-ui/").then().statusCode(404);
    }

    @Test
    void the_api_is_still_served() {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);
    }
}
