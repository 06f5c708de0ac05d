package backoffice.release;

import static backoffice.docs.Bash.output;
import static backoffice.release.AssembledRelease.file;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.k8s.HelmChart;
import backoffice.testsupport.Api;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.marcnuri.helm.LintResult;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
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

    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(?!https?:|data:|#)([^\"#?]+)");

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
    void the_packed_chart_is_faultless_and_installs_what_the_chart_of_the_sources_does() throws Exception {
        Path chart = file("customer-groups-%s.tgz");

        LintResult lint = HelmChart.lint(chart);

        assertFalse(lint.isFailed(), () -> lint.getMessages().toString());
        assertEquals(HelmChart.render(HelmChart.LIKE_PRODUCTION), HelmChart.render(chart, HelmChart.LIKE_PRODUCTION));
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

    @Test
    void the_site_has_each_file_that_a_page_needs_or_leads_to() throws Exception {
        AssembledRelease.version();
        URI site = AssembledRelease.RELEASE.resolve("site").toUri();
        Set<URI> found = new TreeSet<>(Set.of(site.resolve("index.html"), site.resolve("zh/index.html")));
        Queue<URI> pages = new ArrayDeque<>(found);
        List<String> dead = new ArrayList<>();

        while (!pages.isEmpty()) {
            URI page = pages.remove();
            for (String link : links(page)) {
                URI target = link.startsWith("/") ? site.resolve(link.substring(1)) : page.resolve(link);
                if (!Files.isRegularFile(Path.of(target))) {
                    dead.add(page + " leads to " + link);
                } else if (found.add(target) && link.endsWith(".html")) {
                    pages.add(target);
                }
            }
        }

        assertEquals(List.of(), dead);
        assertThat(found, hasItems(site.resolve("docs/install.html"), site.resolve("zh/docs/api.html")));
    }

    /** A web server answers with the index of a folder. */
    private static List<String> links(URI page) throws IOException {
        return LINK.matcher(Files.readString(Path.of(page)))
                .results()
                .map(link -> link.group(1).replaceFirst("/$", "/index.html"))
                .toList();
    }
}
