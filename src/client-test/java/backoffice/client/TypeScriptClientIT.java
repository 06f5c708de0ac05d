package backoffice.client;

import backoffice.docs.Bash;
import backoffice.history.HistoryOn;
import backoffice.release.AssembledRelease;
import backoffice.testsupport.Api;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** The TypeScript client of a release works with the service. Its calls are in src/client-test/typescript. */
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@Order(Integer.MAX_VALUE)
@DisabledIf(
        value = "isNative",
        disabledReason = "a release is assembled from the jar, and a native executable was built")
class TypeScriptClientIT {

    static boolean isNative() {
        return PackagedApplication.isNative();
    }

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
                src/client-test/typescript/run %s
                """.formatted(
                RestAssured.port, Api.BASE_PATH, Vendors.ACME, AssembledRelease.file("customer-groups-client-%s.tgz")));
    }
}
