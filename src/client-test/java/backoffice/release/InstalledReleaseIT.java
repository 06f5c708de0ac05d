package backoffice.release;

import static backoffice.docs.Bash.output;
import static backoffice.release.AssembledRelease.file;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import backoffice.testsupport.Api;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Someone who has only what a release publishes can check, install and use it. {@code TypeScriptClientIT} installs the
 * package of npm.
 */
@QuarkusIntegrationTest
@DisabledIf(
        value = "isNative",
        disabledReason = "a release is assembled from the jar, and a native executable was built")
class InstalledReleaseIT {

    static boolean isNative() {
        return PackagedApplication.isNative();
    }

    @Test
    void a_file_that_is_not_as_it_was_published_does_not_pass_the_check(@TempDir Path folder) throws Exception {
        AssembledRelease.version();
        String check = "cp %s/* %s && cd %s && ".formatted(AssembledRelease.FILES, folder, folder);

        output(check + "sha256sum --check --strict SHA256SUMS");

        assertThat(
                output(check + "echo >>customer-groups-*-third-party.txt && ! sha256sum --check SHA256SUMS"),
                containsString("third-party.txt: FAILED"));
    }

    @Test
    void a_project_of_maven_gets_the_java_client_with_its_libraries_and_calls_the_service() throws Exception {
        Sql.demoData();

        String output = output("BASE_PATH=http://localhost:%d%s BITKEY=%s src/client-test/maven/run %s %s %s %s"
                .formatted(
                        RestAssured.port,
                        Api.BASE_PATH,
                        Vendors.ACME,
                        AssembledRelease.version(),
                        file("customer-groups-client-%s.jar"),
                        file("customer-groups-client-%s.pom"),
                        file("customer-groups-client-%s-sources.jar")));

        assertThat(output, containsString("groups: 5\ncontact: Ada\nrefused: 2001\n"));
    }
}
