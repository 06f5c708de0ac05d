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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script of a release collects every file that a release publishes in one folder. */
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
        assertEquals(Set.of("files", "notes.md"), names(RELEASE));
        assertThat(Files.readString(RELEASE.resolve("notes.md")), containsString("### "));
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

    @ParameterizedTest
    @ValueSource(strings = {"v0.9.9", "1.0.0", ""})
    void a_tag_of_another_version_is_refused(String tag) {
        assertThat(output("src/release/files '" + tag + "' 2>&1 || true"), containsString("does not fit the version"));
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
