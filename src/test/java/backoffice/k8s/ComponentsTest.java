package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.SecretVolumeSource;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
                Settings.of(Manifests.with(directory, "production", "components/tracing"))
                        .get("quarkus.otel.sdk.disabled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "knative"})
    void both_containers_have_the_certificate_that_the_settings_for_encryption_name(String overlay) {
        Manifests encrypted = Manifests.of(overlay);
        Settings settings = Settings.of(encrypted);
        String ca = settings.get("quarkus.datasource.reactive.trust-certificate-pem.certs");

        for (Container container : encrypted.api().containers()) {
            VolumeMount mount = container.getVolumeMounts().stream()
                    .filter(each -> ca.startsWith(each.getMountPath() + "/"))
                    .findFirst()
                    .orElseThrow();
            SecretVolumeSource secret = secret(encrypted.api(), mount.getName());
            assertEquals(
                    List.of(ca.substring(mount.getMountPath().length() + 1)),
                    secret.getItems().stream().map(item -> item.getPath()).toList());
        }
        assertEquals(ca, settings.get("quarkus.datasource.migration.jdbc.additional-jdbc-properties.sslrootcert"));
    }

    @Test
    void the_readme_has_each_setting_of_the_encryption() throws IOException {
        String readme = Files.readString(Path.of("k8s", "README.md"));

        Set<String> settings = new HashSet<>(Settings.of(Manifests.of("production")).environment().entrySet().stream()
                .map(setting -> "| `%s` | `%s` |".formatted(setting.getKey(), setting.getValue()))
                .filter(row -> row.matches("\\| `QUARKUS_.*(SSL|TRUST|HOSTNAME).*"))
                .toList());

        assertEquals(6, settings.size());
        settings.forEach(row -> assertTrue(readme.contains(row), row));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "knative"})
    void an_overlay_can_leave_monitoring_out(String overlay) throws IOException {
        Path copy = copy(Path.of("k8s"), directory.resolve("k8s"));
        Path kustomization = copy.resolve("overlays").resolve(overlay).resolve("kustomization.yaml");
        String line = "- ../../components/monitoring\n";
        String content = Files.readString(kustomization);
        assertTrue(content.contains(line));

        Files.writeString(kustomization, content.replace(line, ""));

        Manifests without = new Manifests(StrictParser.parse(Kustomize.build(kustomization.getParent())));
        assertThat(without.all(ServiceMonitor.class), is(empty()));
    }

    private static Set<Integer> reached(Manifests manifests) {
        return manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> manifests
                        .api()
                        .matches(policy.getSpec().getPodSelector().getMatchLabels()))
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .collect(toSet());
    }

    private static SecretVolumeSource secret(PodTemplate pod, String volume) {
        return pod.spec().getVolumes().stream()
                .filter(each -> each.getName().equals(volume))
                .map(Volume::getSecret)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
        return to;
    }
}
