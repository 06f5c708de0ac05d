package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The network policies allow the traffic that the service needs, and no other traffic. */
@NeedsKustomize
class NetworkPolicyTest {

    /** The ports of Knative's queue-proxy: HTTP, HTTPS and the metrics for the autoscaler. */
    private static final Set<Integer> QUEUE_PROXY = Set.of(8012, 8112, 9090);

    @EachOverlay
    void only_the_port_of_the_api_is_open_to_everyone(String overlay) {
        Set<Integer> open = policies(overlay)
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .filter(rule -> rule.getFrom().isEmpty())
                .flatMap(rule -> numbers(rule.getPorts()))
                .collect(toSet());

        int api = Settings.of(Manifests.of(overlay)).number("quarkus.http.port");
        assertEquals(isKnative(overlay) ? QUEUE_PROXY : Set.of(api), open);
    }

    @EachOverlay
    void only_monitoring_reaches_the_management_port(String overlay) {
        Set<Integer> open = policies(overlay)
                .flatMap(policy -> policy.getSpec().getIngress().stream())
                .filter(rule -> !rule.getFrom().isEmpty())
                .flatMap(rule -> numbers(rule.getPorts()))
                .collect(toSet());

        int management = Settings.of(Manifests.of(overlay)).number("quarkus.management.port");
        boolean monitored = !Manifests.of(overlay).all(ServiceMonitor.class).isEmpty();
        assertEquals(monitored ? Set.of(management) : Set.of(), open);
    }

    @EachOverlay
    void a_pod_reaches_only_dns_and_the_database(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        URI database = URI.create(Settings.of(manifests).get("quarkus.datasource.reactive.url"));

        Set<Integer> reached = policies(overlay)
                .flatMap(policy -> policy.getSpec().getEgress().stream())
                .flatMap(rule -> numbers(rule.getPorts()))
                .collect(toSet());

        assertEquals(Set.of(53, database.getPort()), reached);
    }

    @EachOverlay
    void every_pod_denies_traffic_by_default(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (PodTemplate pod : manifests.pods()) {
            List<String> closed = manifests.all(NetworkPolicy.class).stream()
                    .filter(policy ->
                            pod.matches(policy.getSpec().getPodSelector().getMatchLabels()))
                    .flatMap(policy -> policy.getSpec().getPolicyTypes().stream())
                    .toList();

            assertThat(pod.name(), closed, hasItem("Ingress"));
            assertThat(pod.name(), closed, hasItem("Egress"));
        }
    }

    private static Stream<NetworkPolicy> policies(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        return manifests.all(NetworkPolicy.class).stream()
                .filter(policy -> manifests
                        .api()
                        .matches(policy.getSpec().getPodSelector().getMatchLabels()));
    }

    private static boolean isKnative(String overlay) {
        return Manifests.of(overlay).api().workload() instanceof io.fabric8.knative.serving.v1.Service;
    }

    private static Stream<Integer> numbers(List<NetworkPolicyPort> ports) {
        return ports.stream().map(port -> port.getPort().getIntVal());
    }
}
