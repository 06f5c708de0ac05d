package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@NeedsKustomize
class ManifestsTest {

    @EachOverlay
    void every_manifest_has_only_known_kinds_and_fields(String overlay) {
        assertThat(Manifests.of(overlay).all(), is(not(empty())));
    }

    @EachOverlay
    void every_manifest_is_in_the_namespace_of_its_overlay(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        List<String> namespaces = manifests.all().stream()
                .filter(manifest -> !(manifest instanceof Namespace))
                .map(manifest -> manifest.getMetadata().getNamespace())
                .toList();

        assertThat(
                namespaces,
                everyItem(is(manifests.only(Namespace.class).getMetadata().getName())));
    }

    @EachOverlay
    void only_the_dev_overlay_has_secrets(String overlay) {
        List<Secret> secrets = Manifests.of(overlay).all(Secret.class);

        assertEquals(overlay.equals("dev"), !secrets.isEmpty());
    }

    @Test
    void knative_replaces_deployment_service_and_autoscaler() {
        Set<String> replaced = Set.of("apps/v1 Deployment", "v1 Service");

        List<HasMetadata> left = Manifests.of("knative").all().stream()
                .filter(m -> m.getMetadata().getName().equals("customer-groups"))
                .filter(m -> m instanceof HorizontalPodAutoscaler
                        || replaced.contains(m.getApiVersion() + " " + m.getKind()))
                .toList();

        assertThat(left, is(empty()));
        Manifests.of("knative").only(io.fabric8.knative.serving.v1.Service.class);
    }
}
