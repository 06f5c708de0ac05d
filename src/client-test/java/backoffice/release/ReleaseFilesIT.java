package backoffice.release;

import static backoffice.docs.Bash.output;
import static backoffice.release.AssembledRelease.FILES;
import static backoffice.release.AssembledRelease.RELEASE;
import static backoffice.release.AssembledRelease.file;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import backoffice.testsupport.PackagedApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** The dry run of a release leaves everything that a release publishes in one folder. */
@DisabledIf(
        value = "isNative",
        disabledReason = "a release is assembled from the jar, and a native executable was built")
class ReleaseFilesIT {

    private static String version;

    static boolean isNative() {
        return PackagedApplication.isNative();
    }

    @BeforeAll
    static void assemble() {
        version = AssembledRelease.version();
    }

    @Test
    void the_folder_has_each_file_of_the_release_with_its_checksum() throws Exception {
        Set<String> expected = Stream.of(
                        "customer-groups-%s.tgz",
                        "customer-groups-%s-openapi.json",
                        "customer-groups-%s-openapi.yaml",
                        "customer-groups-%s-jvm.cdx.json",
                        "customer-groups-%s-native.cdx.json",
                        "customer-groups-%s-third-party.txt",
                        "customer-groups-client-%s.jar",
                        "customer-groups-client-%s-sources.jar",
                        "customer-groups-client-%s.pom",
                        "customer-groups-client-%s.tgz")
                .map(name -> name.formatted(version))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> summed = new TreeSet<>(output("cd " + FILES + " && sha256sum --check SHA256SUMS")
                .lines()
                .map(line -> line.replaceFirst(": OK$", ""))
                .toList());

        assertEquals(expected, summed);
        expected.add("SHA256SUMS");
        assertEquals(expected, names(FILES));
        assertEquals(Set.of("files", "images", "notes.md", "site"), names(RELEASE));
        assertThat(Files.readString(RELEASE.resolve("notes.md")), containsString("### "));
    }

    @Test
    void the_context_of_each_image_has_its_dockerfile_and_what_the_dockerfile_copies() throws Exception {
        assertEquals(Set.of("jvm.tar", "native.tar"), names(RELEASE.resolve("images")));
        assertThat(
                archive(RELEASE.resolve("images/jvm.tar")),
                hasItems(
                        "Dockerfile",
                        "target/quarkus-app/quarkus-run.jar",
                        "LICENSE",
                        "NOTICE",
                        "target/licenses/THIRD-PARTY.txt"));
        assertThat(
                archive(RELEASE.resolve("images/native.tar")),
                hasItems(
                        "Dockerfile", "mvnw", ".mvn/wrapper/maven-wrapper.properties", "pom.xml", "LICENSE", "NOTICE"));
    }

    @Test
    void the_chart_has_the_files_that_are_links_in_the_sources() throws Exception {
        String chart = output("tar --list --verbose --file " + FILES + "/customer-groups-" + version + ".tgz");

        assertThat(chart, containsString("customer-groups/files/prometheusrule.yaml"));
        assertThat(chart, not(containsString(" -> ")));
    }

    @Test
    void docker_build_sees_the_sources_that_the_context_of_the_native_image_has() throws Exception {
        Set<String> seen = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!") && !line.startsWith("!target/"))
                .map(line -> line.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> packed = archive(RELEASE.resolve("images/native.tar")).stream()
                .map(file -> file.replaceFirst("/.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        seen.add("Dockerfile");
        assertEquals(seen, packed);
    }

    @Test
    void the_clients_are_packed_with_their_version() throws Exception {
        assertThat(
                archive(file("customer-groups-client-%s.tgz")),
                hasItems(
                        "package/package.json",
                        "package/dist/index.js",
                        "package/dist/index.d.ts",
                        "package/dist/esm/index.js"));
        JsonNode typescript = new ObjectMapper()
                .readTree(output("tar -xOf " + file("customer-groups-client-%s.tgz") + " package/package.json"));
        assertEquals(version, typescript.get("version").asText());
        assertNull(typescript.get("repository"));

        String pom = Files.readString(file("customer-groups-client-%s.pom"));
        assertThat(pom, containsString("<version>" + version + "</version>"));
        assertThat(pom, not(containsString("openapi-generator")));
        assertThat(
                List.of(output("jar --list --file " + file("customer-groups-client-%s.jar"))
                        .split("\n")),
                hasItems("backoffice/client/generated/CustomerGroupsApi.class"));
        assertThat(
                List.of(output("jar --list --file " + file("customer-groups-client-%s-sources.jar"))
                        .split("\n")),
                hasItems("backoffice/client/generated/CustomerGroupsApi.java"));
    }

    private static List<String> archive(Path file) throws Exception {
        return output("tar -tf " + file).lines().toList();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
