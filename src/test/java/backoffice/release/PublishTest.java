package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import backoffice.docs.Bash;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the scripts publish, with stand-ins for docker, cosign, helm and gh. */
class PublishTest {

    private static final String REPOSITORY = "registry.example.com/acme/customer-groups";

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeAll
    static void needsAShell() {
        Bash.require("sed");
    }

    @BeforeEach
    void pushedImages() throws Exception {
        scripts = Scripts.ofRelease(folder);
        scripts.run("set-version", "2.3.4");
        scripts.write("target/release/notes.md", "### Fixed\n\n- A fault.\n");
        for (String flavour : List.of("native", "jvm")) {
            scripts.write("target/digests/" + flavour + "-x86_64", "sha256:" + flavour + "-amd64\n");
            scripts.write("target/digests/" + flavour + "-aarch64", "sha256:" + flavour + "-arm64\n");
        }
        scripts.standIn("docker", "[ \"$3\" != inspect ] || echo \"sha256:of-${@: -1}\"");
        scripts.standIn("jq", "cat");
        scripts.standIn("cosign", "");
        scripts.standIn("helm", "printf 'Pushed: registry.example.com\\nDigest: sha256:chart\\n' >&2");
        scripts.standIn("gh", "");
    }

    @Test
    void an_image_that_lacks_an_architecture_is_neither_tagged_nor_signed() throws Exception {
        scripts.delete("target/digests/native-aarch64");

        assertNotEquals(0, scripts.end("publish-images", REPOSITORY).exitCode());

        assertEquals(List.of(), scripts.calledPrograms());
    }

    @Test
    void the_published_notes_list_each_image_for_both_architectures_and_the_chart_signed_by_its_digest()
            throws Exception {
        scripts.run("publish-images", "registry.example.com/Acme/customer-groups");
        scripts.run("publish-chart", "registry.example.com/acme/charts", REPOSITORY);

        scripts.run("publish-files", "v2.3.4");

        String listed = """
                - `%1$s:2.3.4@sha256:of-%1$s:2.3.4`
                - `%1$s:2.3.4-jvm@sha256:of-%1$s:2.3.4-jvm`
                - `registry.example.com/acme/charts/customer-groups:2.3.4@sha256:chart`
                """.formatted(REPOSITORY);
        assertEquals(
                "### Fixed\n\n- A fault.\n\n### Images\n\n" + listed,
                scripts.read("target/release/published-notes.md"));
        String calls = String.join("\n", scripts.calledPrograms());
        assertThat(calls, containsString("@sha256:native-amd64 " + REPOSITORY + "@sha256:native-arm64\n"));
        assertThat(calls, containsString("@sha256:jvm-amd64 " + REPOSITORY + "@sha256:jvm-arm64\n"));
        listed.lines()
                .map(line -> line.replaceFirst("- `(.*):2\\.3\\.4(-jvm)?@(.*)`", "$1@$3"))
                .forEach(image -> assertThat(calls, matchesPattern("(?s).*cosign sign [^\n]*" + image + "(\n.*)?")));
        assertThat(calls, containsString("cosign attest --yes --type cyclonedx --predicate"));
    }

    @Test
    void the_published_chart_has_the_image_that_was_pushed() throws Exception {
        scripts.write("target/release/images.txt", REPOSITORY + ":2.3.4@sha256:of-the-executable\n");
        scripts.write("target/release/files/openapi.json", "{}");

        scripts.run("publish-chart", "registry.example.com/acme/charts", REPOSITORY);

        String chart = scripts.read("target/release/files/customer-groups-2.3.4.tgz", "customer-groups/values.yaml");
        assertThat(chart, containsString("  repository: " + REPOSITORY + "\n"));
        assertThat(chart, containsString("  digest: sha256:of-the-executable\n"));
        assertThat(
                scripts.read("target/release/files/SHA256SUMS")
                        .lines()
                        .map(line -> line.substring(66))
                        .toList(),
                contains("customer-groups-2.3.4.tgz", "openapi.json"));
    }

    @Test
    void only_a_version_with_a_suffix_is_published_as_a_pre_release() throws Exception {
        scripts.write("target/release/images.txt", "");
        scripts.write("target/release/files/SHA256SUMS", "");

        scripts.run("publish-files", "v2.3.4");
        scripts.run("publish-files", "v2.4.0-rc.1");

        List<String> releases = scripts.calledPrograms().stream()
                .filter(call -> call.startsWith("gh "))
                .toList();
        assertThat(
                releases,
                contains(startsWith("gh release create v2.3.4 "), startsWith("gh release create v2.4.0-rc.1 ")));
        assertThat(List.of(releases.get(0).split(" ")), not(hasItem("--prerelease")));
        assertThat(List.of(releases.get(1).split(" ")), hasItem("--prerelease"));
        assertThat(List.of(releases.get(0).split(" ")), hasItem("target/release/files/SHA256SUMS"));
    }
}
