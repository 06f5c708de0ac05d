package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.docs.Page;
import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The objects of an overlay fit each other, the settings of the service, and the docs. */
class RelationsTest {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** The default {@code max_connections} of 100, minus 3 for superusers. */
    private static final int CONNECTIONS = 97;

    static List<Manifests> overlays() {
        return Manifests.overlays().stream().map(Manifests::of).toList();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void each_selector_finds_the_labels_of_a_pod(Manifests overlay) {
        for (JsonNode object : overlay.all()) {
            Stream.of("/spec/selector", "/spec/selector/matchLabels", "/spec/podSelector/matchLabels")
                    .map(object::at)
                    .filter(selector -> selector.isObject() && !selector.has("matchLabels"))
                    .filter(selector -> !object.path("kind").asText().equals("ServiceMonitor"))
                    .forEach(selector -> assertTrue(
                            overlay.all("Pod").stream().anyMatch(pod -> Manifests.matches(pod, selector)),
                            object::toPrettyString));
        }
        for (JsonNode monitor : overlay.all("ServiceMonitor")) {
            JsonNode selector = monitor.at("/spec/selector/matchLabels");
            Stream<JsonNode> services =
                    overlay.all("Service").stream().filter(service -> Manifests.matches(service, selector));
            assertEquals(1, services.count());
        }
        for (JsonNode pod : overlay.all("Pod")) {
            Json.find(pod, "/spec/topologySpreadConstraints/*/labelSelector/matchLabels")
                    .forEach(selector -> assertTrue(Manifests.matches(pod, selector)));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void each_pod_denies_traffic_by_default(Manifests overlay) {
        for (JsonNode pod : overlay.all("Pod")) {
            List<String> closed = overlay.all("NetworkPolicy").stream()
                    .filter(policy -> Manifests.matches(pod, policy.at("/spec/podSelector/matchLabels")))
                    .flatMap(policy -> Json.texts(policy, "/spec/policyTypes/*").stream())
                    .toList();

            assertThat(closed, hasItems("Ingress", "Egress"));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void each_secret_that_the_service_reads_is_there_or_is_created_by_a_command_of_the_readme(Manifests overlay) {
        String readme = RepositoryFiles.text(Path.of("k8s", "README.md"));
        if (overlay.all("Secret").isEmpty()) {
            Manifests.secrets(overlay.only("Api"))
                    .forEach(name -> assertThat(readme, containsString("create secret generic " + name + " --from-")));
            return;
        }
        for (JsonNode key : Json.find(overlay.only("Api"), Manifests.CONTAINERS + "/env/*/valueFrom/secretKeyRef")) {
            if (key.isObject() && !key.path("optional").asBoolean()) {
                JsonNode secret =
                        overlay.named("Secret", key.path("name").asText()).orElseThrow();
                assertTrue(secret.path("data").has(key.path("key").asText()));
            }
        }
    }

    /** Quarkus ignores a variable that it does not know. */
    @ParameterizedTest
    @MethodSource("overlays")
    void each_variable_of_the_service_is_in_the_docs(Manifests overlay) {
        String page = RepositoryFiles.text(Path.of("docs", "configuration.md"))
                + RepositoryFiles.text(Path.of("k8s", "README.md"));
        Stream<String> variables = Stream.concat(
                Json.texts(overlay.only("Api"), Manifests.CONTAINERS + "/env/*/name").stream(),
                overlay.all("ConfigMap").stream()
                        .filter(map -> !Manifests.name(map).equals("customer-groups-dashboard"))
                        .flatMap(map -> map.get("data").propertyStream().map(Map.Entry::getKey)));

        variables.forEach(name -> assertThat(page, containsString("`" + name + "`")));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void a_pod_migrates_with_its_own_image(Manifests overlay) {
        JsonNode pod = overlay.only("Api");
        String image = pod.at("/spec/containers/0/image").textValue();

        assertEquals(image, pod.at("/spec/initContainers/0/image").textValue());
        assertNotEquals("customer-groups", image, "the image has no tag");
    }

    /** So a rollout has at most one pod that is ending, and it counts in the connections to PostgreSQL. */
    @ParameterizedTest
    @MethodSource("overlays")
    void a_rollout_and_the_autoscaler_end_a_pod_after_the_one_before_it_is_gone(Manifests overlay) {
        overlay.all("Deployment")
                .forEach(each -> assertThat(seconds(each, "/spec/minReadySeconds"), greaterThan(overlay.shutdown())));
        overlay.all("HorizontalPodAutoscaler")
                .forEach(each -> assertThat(
                        seconds(each, "/spec/behavior/scaleDown/policies/0/periodSeconds"),
                        greaterThan(overlay.shutdown())));
    }

    /** A Knative Service has no grace period of its own, so its request timeout applies. */
    @ParameterizedTest
    @MethodSource("overlays")
    void the_grace_period_of_a_pod_exceeds_its_shutdown_time(Manifests overlay) {
        String period = overlay.all("KnativeService").isEmpty() ? "terminationGracePeriodSeconds" : "timeoutSeconds";

        assertThat(
                seconds(overlay.only("Api"), "/spec/" + period),
                greaterThan(overlay.shutdown().plus(MARGIN)));
    }

    @Test
    void all_connection_pools_fit_into_postgresql_during_a_rollout() {
        Manifests production = Manifests.of("production");
        JsonNode pods = production.only("HorizontalPodAutoscaler").at("/spec/maxReplicas");
        Manifests knative = Manifests.of("knative");
        JsonNode podsOfARevision = knative.only("KnativeService")
                .at("/spec/template/metadata/annotations/autoscaling.knative.dev~1max-scale");

        // One pod is new, and one is ending.
        assertThat((pods.intValue() + 2) * pool(production), lessThanOrEqualTo(CONNECTIONS));
        assertThat(2 * podsOfARevision.asInt() * pool(knative), lessThanOrEqualTo(CONNECTIONS));
    }

    /** Knative sends other probes and names another port. The production overlay requests CPU for its autoscaler. */
    @Test
    void the_pods_on_knative_are_those_of_the_deployment() {
        JsonNode knative = Manifests.of("knative").only("Api").deepCopy();
        JsonNode deployment = Manifests.of("production").only("Api").deepCopy();
        for (JsonNode pod : List.of(knative, deployment)) {
            ((ObjectNode) pod.get("spec"))
                    .remove(List.of("timeoutSeconds", "terminationGracePeriodSeconds", "topologySpreadConstraints"));
            ((ObjectNode) pod.at("/spec/containers/0"))
                    .remove(List.of("startupProbe", "livenessProbe", "readinessProbe", "ports", "resources"));
            Json.find(pod, Manifests.CONTAINERS).forEach(each -> ((ObjectNode) each).remove("envFrom"));
        }

        assertEquals(deployment.get("spec"), knative.get("spec"));
        assertEquals(
                Manifests.of("../base").only("Api").at("/spec/containers/0/resources"),
                Manifests.of("knative").only("Api").at("/spec/containers/0/resources"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "knative"})
    void both_containers_have_the_certificate_that_the_settings_for_encryption_name(String overlay) {
        Manifests encrypted = Manifests.of(overlay);
        Path ca = Path.of(encrypted.setting("backoffice.database.tls-ca"));
        JsonNode pod = encrypted.only("Api");

        for (JsonNode container : Json.find(pod, Manifests.CONTAINERS)) {
            String path = ca.getParent().toString().replace("/", "~1");
            JsonNode mount = Json.find(container, "/volumeMounts/[mountPath=" + path + "]")
                    .get(0);
            String volume = "/spec/volumes/[name=" + mount.get("name").asText() + "]/secret/items/*/path";
            assertEquals(List.of(ca.getFileName().toString()), Json.texts(pod, volume));
        }
    }

    @Test
    void external_secrets_create_each_secret_that_the_pods_read() {
        assertEquals(
                Manifests.secrets(Manifests.of("production").only("Api")),
                Manifests.of("samples/external-secrets.yaml").all().stream()
                        .map(Manifests::name)
                        .collect(toSet()));
    }

    /** Its Secret has the key of the CA too, which no pod may read. The component with the job is optional. */
    @ParameterizedTest
    @ValueSource(strings = {"", "components:\n  - ../../k8s/components/retention\n"})
    void with_the_patch_of_the_docs_pods_read_the_certificate_of_the_operator_of_postgresql(String components) {
        String patch = Page.of("docs/scaling.md").blocks("yaml").get(0).text();
        JsonNode cluster = Manifests.of("samples/cloudnative-pg.yaml").only("Cluster");

        List<JsonNode> pods =
                Manifests.parse(Manifests.production(components + patch)).all("Pod");

        assertEquals(components.isEmpty() ? 1 : 2, pods.size());
        for (JsonNode pod : pods) {
            JsonNode volume =
                    Json.find(pod, "/spec/volumes/[name=postgresql-ca]/secret").get(0);
            assertEquals(
                    Manifests.name(cluster) + "-ca", volume.path("secretName").asText());
            assertEquals(List.of("ca.crt"), Json.texts(volume, "/items/*/key"));
        }
    }

    private static Duration seconds(JsonNode node, String path) {
        return Duration.ofSeconds(node.at(path).longValue());
    }

    private static int pool(Manifests manifests) {
        return Integer.parseInt(manifests.setting("quarkus.datasource.reactive.max-size"));
    }
}
