package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI schemas of Kubernetes and its extensions accept all objects. The npm packages of
 * src/test/js/kubernetes-schemas contain them. They find missing fields and wrong values; {@link Manifests} finds
 * unknown fields.
 */
@Tag("slow")
class OpenApiSchemasTest {

    @Test
    void the_schemas_accept_each_object() throws IOException {
        Programs.require("REQUIRE_KUSTOMIZE", "npm");
        Path folder = Files.createDirectories(Path.of("target", "kubernetes-schemas"));
        List<String> names = new ArrayList<>(Manifests.overlays());
        names.addAll(List.of("production+components/sign-in", "production+components/retention"));
        for (String sample : new File("k8s/samples").list()) {
            names.add((sample.endsWith(".yaml") ? "samples/" : "production+samples/") + sample);
        }
        List<JsonNode> objects = names.stream()
                .flatMap(name -> Json.read(Manifests.text(name)).stream())
                .toList();
        new ObjectMapper().writeValue(folder.resolve("objects.json").toFile(), objects);

        assertEquals(
                "",
                Bash.output("cp src/test/js/kubernetes-schemas/* %1$s && cd %1$s".formatted(folder)
                        + " && npm ci --silent --ignore-scripts --no-audit && node check.mjs < objects.json"));
    }
}
