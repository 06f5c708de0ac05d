package backoffice.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.io.IOException;
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
    void each_call_of_the_packed_client_has_its_answer() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-ec", """
                        src/release/typescript-client target/typescript-client
                        src/client-test/typescript/run target/typescript-client/customer-groups-client-*.tgz
                        """).redirectErrorStream(true);
        builder.environment().put("BASE_PATH", "http://localhost:" + RestAssured.port + Api.BASE_PATH);
        builder.environment().put("BITKEY", Vendors.ACME);

        Process test = builder.start();
        String output = new String(test.getInputStream().readAllBytes(), UTF_8);

        assertEquals(0, test.waitFor(), output);
    }
}
