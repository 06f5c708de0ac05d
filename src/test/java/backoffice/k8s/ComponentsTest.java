package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Components are added to an overlay, or removed from it, as k8s/README.md describes. */
@NeedsKustomize
class ComponentsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"tracing, 4317", "pooler, 6432", "import, 443"})
    void a_component_opens_the_port_that_it_needs_for_all_pods(String component, int port) throws IOException {
        Set<Integer> opened = reached(Manifests.with(directory, "production", "components/" + component));

        opened.removeAll(reached(Manifests.of("production")));
        assertEquals(Set.of(port), opened);
    }

    @Test
    void the_tracing_component_switches_traces_on() throws IOException {
        assertEquals(
                "false",
                Manifests.with(directory, "production", "components/tracing").setting("quarkus.otel.sdk.disabled"));
    }

    private static Set<Integer> reached(Manifests manifests) {
        return manifests.all("NetworkPolicy").stream()
                .flatMap(policy -> Json.find(policy, "/spec/egress/*/ports/*/port").stream())
                .map(JsonNode::intValue)
                .collect(toSet());
    }
}
