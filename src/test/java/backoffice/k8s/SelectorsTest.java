package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.util.Map;

/** Label selectors in the manifests match the intended resources. */
@NeedsKustomize
class SelectorsTest {

    @EachOverlay
    void a_workload_selects_its_own_pods(String overlay) {
        for (PodTemplate pod : Manifests.of(overlay).pods()) {
            if (pod.workload() instanceof Deployment deployment) {
                assertTrue(pod.matches(deployment.getSpec().getSelector().getMatchLabels()), pod.name());
            }
            if (pod.workload() instanceof StatefulSet statefulSet) {
                assertTrue(pod.matches(statefulSet.getSpec().getSelector().getMatchLabels()), pod.name());
            }
            for (var constraint : pod.spec().getTopologySpreadConstraints()) {
                assertTrue(pod.matches(constraint.getLabelSelector().getMatchLabels()), pod.name());
            }
        }
    }

    @EachOverlay
    void a_service_selects_pods(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (Service service : manifests.all(Service.class)) {
            assertFindsPods(manifests, service.getSpec().getSelector());
        }
    }

    @EachOverlay
    void every_network_policy_and_disruption_budget_selects_pods(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (NetworkPolicy policy : manifests.all(NetworkPolicy.class)) {
            assertFindsPods(manifests, policy.getSpec().getPodSelector().getMatchLabels());
        }
        for (PodDisruptionBudget budget : manifests.all(PodDisruptionBudget.class)) {
            assertFindsPods(manifests, budget.getSpec().getSelector().getMatchLabels());
        }
    }

    @EachOverlay
    void a_service_monitor_selects_only_its_service(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (ServiceMonitor monitor : manifests.all(ServiceMonitor.class)) {
            var selector = monitor.getSpec().getSelector().getMatchLabels().entrySet();
            long found = manifests.all(Service.class).stream()
                    .filter(service ->
                            service.getMetadata().getLabels().entrySet().containsAll(selector))
                    .count();

            assertTrue(found == 1, () -> selector + " is the labels of " + found + " Services");
        }
    }

    private static void assertFindsPods(Manifests manifests, Map<String, String> selector) {
        assertTrue(manifests.pods().stream().anyMatch(pod -> pod.matches(selector)), () -> "nothing has " + selector);
    }
}
