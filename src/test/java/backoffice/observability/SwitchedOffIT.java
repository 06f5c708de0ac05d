package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 9.1: the properties that switch off the console and the documents of the API. */
@Tag("slow")
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
    @MethodSource("backoffice.observability.DocsAndConsoleOnManagementIT#paths")
    void no_path_serves_the_console_its_library_or_the_documents(String path) {
        assertThat(
                RawHttp.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
                startsWith("HTTP/1.1 404"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/", "/q/openapi", "/q/swagger-ui/", "/bitanswer/api/customer_groups"})
    void the_management_port_has_neither_docs_nor_console_nor_the_api(String path) {
        Management.get(path).statusCode(404);
    }

    @Test
    void the_api_is_still_served() {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);
    }
}
