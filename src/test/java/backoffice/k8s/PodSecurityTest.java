package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The profile "restricted" of the Pod Security Standards, and the additional rules of this project. */
@NeedsKustomize
class PodSecurityTest {

    @Test
    void the_namespace_of_the_readme_refuses_pods_that_are_not_restricted() throws IOException {
        assertThat(
                Files.readString(Path.of("k8s", "README.md")),
                containsString(
                        "kubectl label namespace customer-groups pod-security.kubernetes.io/enforce=restricted "));
    }

    @EachOverlay
    void every_container_is_restricted_and_cannot_write_to_its_image(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            for (Container container : pod.containers()) {
                SecurityContext context = container.getSecurityContext();
                assertAll(
                        pod.name(),
                        () -> assertEquals(true, context.getRunAsNonRoot()),
                        () -> assertEquals(false, context.getAllowPrivilegeEscalation()),
                        () -> assertEquals(true, context.getReadOnlyRootFilesystem()),
                        () -> assertEquals(
                                List.of("ALL"), context.getCapabilities().getDrop()),
                        () -> assertEquals(List.of(), context.getCapabilities().getAdd()),
                        () -> assertEquals(
                                "RuntimeDefault", context.getSeccompProfile().getType()));
            }
        }
    }

    @EachOverlay
    void the_cluster_chooses_the_user_of_the_service(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            if (pod.isOfService()) {
                for (Container container : pod.containers()) {
                    assertNull(container.getSecurityContext().getRunAsUser(), pod.name());
                }
                assertNull(pod.spec().getSecurityContext(), pod.name());
            }
        }
    }

    @EachOverlay
    void no_pod_has_a_token_for_the_kubernetes_api(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            assertEquals(false, pod.spec().getAutomountServiceAccountToken(), pod.name());
        }
        for (ServiceAccount account : Manifests.of(overlay).all(ServiceAccount.class)) {
            assertEquals(false, account.getAutomountServiceAccountToken());
        }
    }

    @EachOverlay
    void memory_is_limited_and_cpu_is_not(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            for (Container container : pod.containers()) {
                var resources = container.getResources();
                assertNotNull(resources.getLimits().get("memory"), pod.name());
                assertNull(resources.getLimits().get("cpu"), pod.name());
                assertNotNull(resources.getRequests().get("cpu"), pod.name());
                assertNotNull(resources.getRequests().get("memory"), pod.name());
            }
        }
    }
}
