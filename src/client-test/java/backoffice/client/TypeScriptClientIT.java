package backoffice.client;

import backoffice.docs.Bash;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The TypeScript client of a release works with the service. Its calls are in src/client-test/typescript. */
@QuarkusIntegrationTest
class TypeScriptClientIT {

    @BeforeAll
    static void needsNode() {
        Bash.require("node", "npm");
    }

    @BeforeEach
    void fill() {
        Sql.demoData();
    }

    @Test
    void each_call_of_the_packed_client_has_its_answer() {
        Bash.output("""
                set -e
                export BASE_PATH=http://localhost:%d%s BITKEY=%s
                src/release/typescript-client target/typescript-client
                src/client-test/typescript/run target/typescript-client/customer-groups-client-*.tgz
                """.formatted(RestAssured.port, Api.BASE_PATH, Vendors.ACME));
    }
}
