package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Quarkus passes over a variable that it does not know, so a mistyped one would be noticed late. */
@NeedsKustomize
class VariablesTest {

    @EachOverlay
    void every_variable_of_the_service_is_in_the_readme(String overlay) throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        Manifests manifests = Manifests.of(overlay);

        Stream<String> ofContainers = manifests.pods().stream()
                .filter(PodTemplate::isOfService)
                .flatMap(pod -> pod.container().getEnv().stream())
                .map(EnvVar::getName);
        Stream<String> ofConfigMaps = manifests.all(ConfigMap.class).stream()
                .filter(map -> !map.getMetadata().getName().equals("customer-groups-dashboard"))
                .flatMap(map -> map.getData().keySet().stream());

        Stream.concat(ofContainers, ofConfigMaps).forEach(name -> assertTrue(readme.contains(asInReadme(name)), name));
    }

    private static String asInReadme(String variable) {
        return "`" + variable.replaceFirst("_PASSWORD$", "_USERNAME`, `…_PASSWORD") + "`";
    }
}
