package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.4, 1.6 and 9.1: settings for clients of the hosted API, without console and documents. */
@Tag("slow")
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(SettingsIT.Settings.class)
class SettingsIT extends ApiTest {

    /** Failures come with HTTP 200, and messages in Chinese. There are no documents and no console. */
    public static class Settings implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "backoffice.errors-as-http-200", "true",
                    "backoffice.default-language", "zh",
                    "backoffice.console", "false",
                    "backoffice.docs", "false");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /customer_groups/a    | ''                         | 2001
            POST | /customer_groups      | {                          | 1001
            POST | /customer_groups/data | {"sorts":[{"name":"x"}]}   | 1002
            GET  | /customers/           | ''                         | 1003
            GET  | /products             | ''                         | 1003
            PUT  | /customer_groups      | {}                         | 1004
            POST | /customer_groups      | TOO_LARGE                  | 1005
            """)
    void failures_of_a_request_or_its_data_come_with_http_200(String method, String path, String body, int status) {
        api.send(method, path, body.replace("TOO_LARGE", " ".repeat((1 << 20) + 1)))
                .statusCode(200)
                .header("Allow", is(status == 1004 ? "GET, HEAD, POST" : null))
                .body("status", is(status));
    }

    @Test
    void a_body_of_another_type_is_1006_with_http_200_and_a_wrong_key_keeps_its_code() {
        String head = RawHttp.head("POST " + Api.BASE_PATH + "/customer_groups", Vendors.ACME);

        assertThat(
                RawHttp.send(head + "Content-Type: text/plain\r\nContent-Length: 1\r\n\r\nx"),
                allOf(startsWith("HTTP/1.1 200"), containsString("{\"status\":1006,")));
        Api.as("wrong").get("/customer_groups").statusCode(401).body("status", is(1102));
    }

    @Test
    void the_path_of_a_failure_with_http_200_does_not_appear_in_the_metrics() {
        api.get("/customers/madeup/sns").body("status", is(1003));
        api.send("PUT", "/customers/madeup", "{}").body("status", is(1004));

        Management.get("/q/metrics").statusCode(200).body(not(containsString("madeup")));
    }

    @Test
    void messages_are_in_the_configured_language_unless_the_client_prefers_the_other() {
        api.get("/customer_groups/a").body("msg", startsWith("客户组"));
        api.with("Accept-Language", "en").get("/customer_groups/a").body("msg", startsWith("There is no"));
    }

    @Test
    void no_path_serves_the_console_its_library_or_the_documents_in_any_spelling() {
        for (String path : """
                /console /console/ /console/index.html /console/main.js //console//index.html
                /x/../console/index.html /%63onsole/index.html /console%2Findex.html
                /x%2F..%2Fconsole%2Findex.html /console/zone.js /_static/lit-html/lit-html.js /_static/lit-html/3.3.3/lit-html.js
                /_importmap/generated_importmap.js /q/openapi /q/openapi.json //q//openapi /x/../q/openapi
                /q/%6Fpenapi /q%2Fopenapi /q/swagger-ui /q/swagger-ui/ /q/swagger-ui/index.html
                /q/swagger-ui%2Findex.html /%71/swagger-ui/index.html
                """.split("\\s+")) {
            assertThat(path, RawHttp.get(path, "none"), startsWith("HTTP/1.1 404"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/q/openapi", "/q/swagger-ui/", "/bitanswer/api/customer_groups"})
    void the_management_port_has_neither_docs_nor_console_nor_the_api(String path) {
        Management.get(path).statusCode(404);
    }
}
