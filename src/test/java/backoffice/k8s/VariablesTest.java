package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The environment variables in the manifests are those of the docs. Quarkus ignores an unknown, mistyped variable.
 */
@NeedsKustomize
class VariablesTest {

    @EachOverlay
    void every_variable_of_the_service_is_in_the_docs(String overlay) throws IOException {
        String page =
                Files.readString(Path.of("docs", "configuration.md")) + Files.readString(Path.of("k8s", "README.md"));
        Manifests manifests = Manifests.of(overlay);

        Stream<String> ofContainers = manifests.pods().stream()
                .filter(PodTemplate::isOfService)
                .flatMap(pod -> pod.containers().stream())
                .flatMap(container -> container.getEnv().stream())
                .map(EnvVar::getName);
        Stream<String> ofConfigMaps = manifests.all(ConfigMap.class).stream()
                .filter(map -> !map.getMetadata().getName().equals("customer-groups-dashboard"))
                .flatMap(map -> map.getData().keySet().stream());

        Stream.concat(ofContainers, ofConfigMaps).forEach(name -> assertTrue(page.contains(asOnPage(name)), name));
    }

    private static String asOnPage(String variable) {
        return "`" + variable.replaceFirst("_PASSWORD$", "_USERNAME`, `…_PASSWORD") + "`";
    }
}
