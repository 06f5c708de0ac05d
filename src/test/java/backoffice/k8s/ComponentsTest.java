package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no overlay has is added as k8s/README.md says. */
@NeedsKustomize
class ComponentsTest {

    @Test
    void what_the_base_closes_is_reached_with_the_component_for_it(@TempDir Path overlay) throws IOException {
        Path k8s = overlay.toRealPath().relativize(Path.of("k8s").toRealPath());
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources:
                  - %1$s/overlays/production
                components:
                  - %1$s/components/tracing
                  - %1$s/components/hosted-api
                """.formatted(k8s));

        Manifests manifests = new Manifests(StrictParser.parse(Kustomize.build(overlay)));

        Set<Integer> reached = manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> manifests
                        .api()
                        .matches(policy.getSpec().getPodSelector().getMatchLabels()))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .collect(toSet());
        assertThat(reached, hasItems(443, 4317));
        assertEquals("false", Settings.of(manifests).get("quarkus.otel.sdk.disabled"));
    }
}
