package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The number of pods follows the load, and the connections of all pods fit into PostgreSQL. */
@NeedsKustomize
class ScalingTest {

    /** The default {@code max_connections} of 100, minus 3 for superusers. */
    private static final int CONNECTIONS = 97;

    @Test
    void production_scales_by_load_and_an_apply_does_not_reset_the_replicas() {
        Manifests production = Manifests.of("production");
        var autoscaler = production.only(HorizontalPodAutoscaler.class).getSpec();

        assertEquals(
                70, autoscaler.getMetrics().get(0).getResource().getTarget().getAverageUtilization());
        assertNull(production.only(Deployment.class).getSpec().getReplicas());
    }

    /** Some hundred calls a second are no reason for another pod. On a cluster, 119 calls a second took 190m. */
    @Test
    void the_autoscaler_adds_a_pod_only_under_load() {
        Manifests production = Manifests.of("production");
        var target = production
                .only(HorizontalPodAutoscaler.class)
                .getSpec()
                .getMetrics()
                .get(0)
                .getResource()
                .getTarget();
        var request = production.api().container().getResources().getRequests().get("cpu");

        double cpu = request.getNumericalAmount().doubleValue() * target.getAverageUtilization() / 100;

        assertThat(cpu * 119 / 0.190, greaterThan(200.0));
    }

    @Test
    void the_autoscaler_waits_for_a_starting_pod_and_ends_pods_one_by_one() {
        var behavior = Manifests.of("production")
                .only(HorizontalPodAutoscaler.class)
                .getSpec()
                .getBehavior();

        assertThat(behavior.getScaleUp().getStabilizationWindowSeconds(), greaterThan(0));
        assertEquals(1, behavior.getScaleDown().getPolicies().size());
        assertEquals(1, behavior.getScaleDown().getPolicies().get(0).getValue());
        assertThat(
                Duration.ofSeconds(behavior.getScaleDown().getPolicies().get(0).getPeriodSeconds()),
                greaterThan(RolloutTest.shutdown(Manifests.of("production"))));
    }

    @Test
    void nodes_can_be_drained_while_production_serves() {
        Manifests production = Manifests.of("production");
        int fewest = production.only(HorizontalPodAutoscaler.class).getSpec().getMinReplicas();
        int gone = production
                .only(PodDisruptionBudget.class)
                .getSpec()
                .getMaxUnavailable()
                .getIntVal();

        assertEquals(1, gone);
        assertThat(fewest, greaterThan(gone));
    }

    @Test
    void all_connection_pools_of_production_fit_into_postgresql() {
        Manifests production = Manifests.of("production");
        int surge = 1;
        int ending = 1;
        int pods = production.only(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas() + surge + ending;

        assertThat(pods * pool(production), lessThanOrEqualTo(CONNECTIONS));
    }

    @Test
    void all_connection_pools_of_two_revisions_on_knative_fit_into_postgresql() {
        Manifests knative = Manifests.of("knative");
        var service = knative.only(io.fabric8.knative.serving.v1.Service.class);
        String pods =
                service.getSpec().getTemplate().getMetadata().getAnnotations().get("autoscaling.knative.dev/max-scale");

        assertThat(2 * Integer.parseInt(pods) * pool(knative), lessThanOrEqualTo(CONNECTIONS));
    }

    private static int pool(Manifests manifests) {
        return Settings.of(manifests).number("quarkus.datasource.reactive.max-size");
    }
}
