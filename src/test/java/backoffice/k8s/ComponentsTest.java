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

/** The components that no overlay includes, added as k8s/README.md describes. */
@NeedsKustomize
class ComponentsTest {

    @Test
    void the_tracing_and_hosted_api_components_open_the_ports_that_they_need(@TempDir Path overlay) throws IOException {
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

        Set<Integer> open = manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> manifests
                        .api()
                        .matches(policy.getSpec().getPodSelector().getMatchLabels()))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .collect(toSet());
        assertThat(open, hasItems(443, 4317));
        assertEquals("false", Settings.of(manifests).get("quarkus.otel.sdk.disabled"));
    }
}
