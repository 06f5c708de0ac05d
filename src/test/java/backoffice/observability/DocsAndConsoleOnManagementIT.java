package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/api.md, section 9.1: the console and the documents of the API on the management port. */
@Tag("slow")
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(DocsAndConsoleOnManagementIT.OnManagement.class)
class DocsAndConsoleOnManagementIT {

    private final Api api = Api.as(Vendors.ACME).on(Management.PORT);

    /** A service whose docs and console are on the management port. */
    public static class OnManagement implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("backoffice.console", "management", "backoffice.docs", "management");
        }
    }

    /** The paths of the docs and the console, also in other spellings. */
    static Stream<String> paths() {
        return Stream.of("""
                /console /console/ /console/index.html /console/main.js //console//index.html
                /x/../console/index.html /%63onsole/index.html /console%2Findex.html
                /x%2F..%2Fconsole%2Findex.html /console/zone.js /_static/lit-html/lit-html.js /_static/lit-html/3.3.3/lit-html.js
                /_importmap/generated_importmap.js /q/openapi /q/openapi.json //q//openapi /x/../q/openapi
                /q/%6Fpenapi /q%2Fopenapi /q/swagger-ui /q/swagger-ui/ /q/swagger-ui/index.html
                /q/swagger-ui%2Findex.html /%71/swagger-ui/index.html
                """.split("\\s+"));
    }

    @BeforeEach
    @AfterEach
    void clean() {
        Sql.clean();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void neither_docs_nor_console_are_on_the_port_of_the_api(String path) {
        assertThat(RawHttp.get(path, "none"), startsWith("HTTP/1.1 404"));
    }

    @ParameterizedTest
    @CsvSource({
        "/console,                       console.css",
        "/console/main.js,               import",
        "/_static/lit-html/lit-html.js,  lit",
        "/q/openapi,                     customer_groups",
        "/q/swagger-ui,                  swagger-ui"
    })
    void docs_and_console_are_on_the_management_port(String path, String words) {
        Management.get(path).statusCode(200).body(containsString(words));
    }

    @Test
    void the_console_and_swagger_ui_have_their_security_policies() {
        Management.get("/console/").header("Content-Security-Policy", containsString("require-trusted-types-for"));
        Management.get("/q/swagger-ui").header("Content-Security-Policy", containsString("script-src 'self' 'sha256-"));
    }

    @Test
    void the_console_and_swagger_ui_can_call_the_api_on_their_own_port() {
        String name = "\ud83d\ude00".repeat(255);

        api.post("/customer_groups", "{\"name\":\"" + name + "\"}").statusCode(200);

        api.get("/customer_groups/" + Api.segment(name)).statusCode(200).body("data.items[0].name", is(name));
        Api.as(Vendors.ACME).get("/customer_groups").body("data.total", is(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /backoffice/history | ''          | 404 | 1003
            GET  | /no//path           | ''          | 404 | 1003
            POST | /customer_groups    | {           | 400 | 1001
            POST | /customer_groups    | %1048577s   | 413 | 1005
            """)
    void the_api_on_the_management_port_has_the_same_rules(
            String method, String path, String body, int code, int status) {
        api.send(method, path, body.formatted("")).statusCode(code).body("status", is(status));
        Management.get(Api.BASE_PATH + "/customer_groups").statusCode(401).body("status", is(1101));
    }

    @ParameterizedTest
    @CsvSource({
        "/console/?%,                                200",
        "/q/openapi?a=%zz,                           200",
        "/bitanswer/%61pi/customer_groups?x=%zz#,    200",
        "/bitanswer/api/customer_groups/%41%23#,     404",
        "/bitanswer/api/customer_groups/%41#%,       400"
    })
    void a_target_on_the_management_port_is_read_in_its_normal_form(String target, int status) {
        assertThat(
                RawHttp.send(Management.PORT, RawHttp.head("GET " + target, Vendors.ACME) + "\r\n"),
                startsWith("HTTP/1.1 " + status));
    }
}
