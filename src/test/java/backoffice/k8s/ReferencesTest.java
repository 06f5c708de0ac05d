package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Every resource that a manifest refers to is in its overlay, or is created by a command of k8s/README.md. */
@NeedsKustomize
class ReferencesTest {

    @EachOverlay
    void every_config_map_is_in_the_overlay(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (EnvFromSource source : sources(manifests)) {
            if (source.getConfigMapRef() != null) {
                String name = source.getConfigMapRef().getName();
                assertTrue(manifests.named(ConfigMap.class, name).isPresent(), name);
            }
        }
    }

    @EachOverlay
    void every_secret_is_in_dev_or_created_by_a_command_of_the_readme(String overlay) throws IOException {
        Manifests manifests = Manifests.of(overlay);
        String readme = Files.readString(Path.of("k8s", "README.md"));

        boolean hasSecrets = !manifests.all(Secret.class).isEmpty();
        for (String name : manifests.api().secrets()) {
            if (!hasSecrets) {
                assertThat(readme, containsString("create secret generic " + name + " --from-"));
            }
        }
        for (SecretKeySelector key : secretKeys(manifests)) {
            if (hasSecrets && !Boolean.TRUE.equals(key.getOptional())) {
                Secret secret = manifests.named(Secret.class, key.getName()).orElseThrow();
                assertThat(key.getKey(), is(in(secret.getData().keySet())));
            }
        }
    }

    @EachOverlay
    void every_service_account_is_in_the_overlay(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        manifests.pods().stream()
                .map(pod -> pod.spec().getServiceAccountName())
                .filter(Objects::nonNull)
                .forEach(name ->
                        assertTrue(manifests.named(ServiceAccount.class, name).isPresent(), name));
    }

    @EachOverlay
    void every_mount_has_its_volume(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            Set<String> volumes = pod.volumes();
            for (Container container : pod.containers()) {
                for (VolumeMount mount : container.getVolumeMounts()) {
                    assertThat(pod.name(), mount.getName(), is(in(volumes)));
                }
            }
        }
    }

    @EachOverlay
    void the_autoscaler_scales_the_service(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (HorizontalPodAutoscaler autoscaler : manifests.all(HorizontalPodAutoscaler.class)) {
            var target = autoscaler.getSpec().getScaleTargetRef();
            var workload = manifests.api().workload();
            assertEquals(workload.getApiVersion(), target.getApiVersion());
            assertEquals(workload.getKind(), target.getKind());
            assertEquals(workload.getMetadata().getName(), target.getName());
        }
    }

    private static List<EnvFromSource> sources(Manifests manifests) {
        return containers(manifests).stream()
                .flatMap(c -> c.getEnvFrom().stream())
                .toList();
    }

    private static List<SecretKeySelector> secretKeys(Manifests manifests) {
        return containers(manifests).stream()
                .flatMap(c -> c.getEnv().stream())
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull)
                .map(from -> from.getSecretKeyRef())
                .toList();
    }

    private static List<Container> containers(Manifests manifests) {
        return manifests.pods().stream()
                .flatMap(pod -> pod.containers().stream())
                .toList();
    }
}
