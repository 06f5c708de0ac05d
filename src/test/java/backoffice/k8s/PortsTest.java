package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.oneOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The ports in the manifests are the ports of application.properties. */
@NeedsKustomize
class PortsTest {

    @EachOverlay
    void a_container_names_the_ports_of_the_service(String overlay) {
        Settings settings = Settings.of(Manifests.of(overlay));
        int api = settings.number("quarkus.http.port");
        int management = settings.number("quarkus.management.port");

        Map<String, Integer> ports = Map.of("http", api, "http1", api, "management", management);

        for (ContainerPort port : Manifests.of(overlay).api().ports()) {
            assertEquals(ports.get(port.getName()), port.getContainerPort(), port.getName());
        }
    }

    /**
     * Without it, the server adds the protocol. A server-side apply then conflicts with an earlier client-side apply,
     * and a client-side apply changes the object each time.
     */
    @EachOverlay
    void every_port_names_its_protocol(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        Stream<String> ofPods =
                manifests.pods().stream().flatMap(pod -> pod.ports().stream()).map(ContainerPort::getProtocol);
        Stream<String> ofServices = manifests.all(Service.class).stream()
                .flatMap(service -> service.getSpec().getPorts().stream())
                .map(ServicePort::getProtocol);
        Stream<String> ofPolicies = manifests.all(NetworkPolicy.class).stream()
                .map(NetworkPolicy::getSpec)
                .flatMap(policy -> Stream.concat(
                        policy.getIngress().stream().flatMap(rule -> rule.getPorts().stream()),
                        policy.getEgress().stream().flatMap(rule -> rule.getPorts().stream())))
                .map(NetworkPolicyPort::getProtocol);

        List<String> protocols =
                Stream.of(ofPods, ofServices, ofPolicies).flatMap(each -> each).toList();

        assertThat(protocols, everyItem(is(oneOf("TCP", "UDP"))));
    }

    @EachOverlay
    void a_service_targets_the_port_of_the_same_name(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        Settings settings = Settings.of(manifests);
        Map<String, Integer> ports = Map.of(
                "http", settings.number("quarkus.http.port"),
                "management", settings.number("quarkus.management.port"),
                "postgresql", 5432);

        for (Service service : manifests.all(Service.class)) {
            for (ServicePort port : service.getSpec().getPorts()) {
                manifests.pods().stream()
                        .filter(pod -> pod.matches(service.getSpec().getSelector()))
                        .forEach(pod -> assertEquals(
                                ports.get(port.getName()), pod.number(port.getTargetPort()), port.getName()));
            }
        }
    }

    @EachOverlay
    void probes_of_a_path_use_the_management_port(String overlay) {
        PodTemplate api = Manifests.of(overlay).api();
        int management = Settings.of(Manifests.of(overlay)).number("quarkus.management.port");

        probes(api).forEach(probe -> assertEquals(management, api.number(probe.getPort())));
    }

    @EachOverlay
    void prometheus_scrapes_the_management_port(String overlay) {
        for (ServiceMonitor monitor : Manifests.of(overlay).all(ServiceMonitor.class)) {
            monitor.getSpec().getEndpoints().forEach(endpoint -> assertEquals("management", endpoint.getPort()));
        }
    }

    private static Stream<HTTPGetAction> probes(PodTemplate pod) {
        return Stream.of(
                        pod.container().getStartupProbe(),
                        pod.container().getLivenessProbe(),
                        pod.container().getReadinessProbe())
                .filter(Objects::nonNull)
                .map(Probe::getHttpGet)
                .filter(Objects::nonNull);
    }
}
