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
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
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
        String namespace = overlay.equals("dev") ? "customer-groups-dev" : "customer-groups";

        List<String> namespaces = Manifests.of(overlay).all().stream()
                .map(manifest -> manifest.getMetadata().getNamespace())
                .toList();

        assertThat(namespaces, everyItem(is(namespace)));
    }

    @EachOverlay
    void a_delete_of_the_overlay_leaves_its_namespace_with_the_secrets(String overlay) {
        assertThat(Manifests.of(overlay).all(Namespace.class), is(empty()));
    }

    /** A cluster adds these defaults. An apply would find a difference each time, and a server-side apply a conflict. */
    @Test
    void a_volume_claim_has_the_defaults_that_the_cluster_stores() {
        var claims = Manifests.of("dev").only(StatefulSet.class).getSpec().getVolumeClaimTemplates();

        assertThat(claims, is(not(empty())));
        claims.forEach(claim -> {
            assertEquals("Filesystem", claim.getSpec().getVolumeMode());
            assertEquals("Pending", claim.getStatus().getPhase());
        });
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
