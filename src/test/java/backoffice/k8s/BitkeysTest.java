package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import org.junit.jupiter.api.Test;

/** Pods get the keys of vendors as files that Kubernetes refreshes, so that a changed key needs no restart. */
@NeedsKustomize
class BitkeysTest {

    private static final String SECRET = "customer-groups-bitkeys";

    @EachOverlay
    void the_service_reads_keys_in_the_directory_where_their_secret_is_mounted(String overlay) {
        PodTemplate api = Manifests.of(overlay).api();
        String directory = api.container().getEnv().stream()
                .filter(variable -> variable.getName().equals("BACKOFFICE_BITKEYS_DIRECTORY"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();

        VolumeMount mount = api.container().getVolumeMounts().stream()
                .filter(each -> each.getName().equals(volume(api).getName()))
                .findFirst()
                .orElseThrow();

        assertEquals(directory, mount.getMountPath());
        assertEquals(true, mount.getReadOnly());
        assertNull(mount.getSubPath(), "Kubernetes never refreshes a subPath");
    }

    @EachOverlay
    void the_files_are_readable_by_any_user_and_may_be_absent(String overlay) {
        var secret = volume(Manifests.of(overlay).api()).getSecret();

        // The default mode is 0644. The owner is root, and the cluster chooses the user of the service.
        assertNull(secret.getDefaultMode());
        assertEquals(true, secret.getOptional());
    }

    @EachOverlay
    void no_key_is_in_the_environment_of_a_pod(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            for (Container container : pod.containers()) {
                assertTrue(container.getEnvFrom().stream().allMatch(source -> source.getSecretRef() == null));
            }
        }
    }

    @Test
    void each_entry_of_the_secret_of_dev_is_a_vendor() {
        Secret secret = Manifests.of("dev").all(Secret.class).stream()
                .filter(each -> each.getMetadata().getName().startsWith(SECRET))
                .findFirst()
                .orElseThrow();

        assertThat(secret.getData().keySet(), everyItem(matchesPattern("[a-z0-9-]+")));
    }

    /** The name of a Secret of the dev overlay ends with a hash of its content. */
    private static Volume volume(PodTemplate pod) {
        return pod.spec().getVolumes().stream()
                .filter(volume -> volume.getSecret() != null
                        && volume.getSecret().getSecretName().startsWith(SECRET))
                .findFirst()
                .orElseThrow();
    }
}
