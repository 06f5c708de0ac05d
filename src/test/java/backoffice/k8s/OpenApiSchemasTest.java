package backoffice.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The OpenAPI schemas of Kubernetes and its extensions accept all objects. The npm packages of
 * src/test/js/kubernetes-schemas contain them. They find missing fields and wrong values; {@link StrictParser} finds
 * unknown fields.
 */
@Tag("slow")
@NeedsKustomize
class OpenApiSchemasTest {

    private static final Path SOURCES = Path.of("src", "test", "js", "kubernetes-schemas");
    private static final Path COPY = Path.of("target", "kubernetes-schemas");

    @BeforeAll
    static void install() {
        Programs.require("REQUIRE_KUSTOMIZE", "npm");
        Bash.output("mkdir -p %1$s && cp %2$s/* %1$s && cd %1$s".formatted(COPY, SOURCES)
                + " && npm install --silent --ignore-scripts --no-audit --no-package-lock");
    }

    static Stream<String> manifests() throws IOException {
        try (var files = Files.list(Path.of("k8s", "samples"))) {
            List<String> samples = files.map(file -> "samples/" + file.getFileName())
                    .map(name -> name.endsWith(".yaml") ? name : "production+" + name)
                    .toList();
            return Stream.concat(Manifests.overlays().stream(), samples.stream());
        }
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void the_schemas_accept_each_object(String manifests) throws Exception {
        Process check = new ProcessBuilder("node", "check.mjs")
                .directory(COPY.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = check.getOutputStream()) {
            new ObjectMapper().writeValue(in, Json.read(Manifests.text(manifests)));
        }

        assertEquals("", new String(check.getInputStream().readAllBytes(), UTF_8));
        assertEquals(0, check.waitFor());
    }
}
