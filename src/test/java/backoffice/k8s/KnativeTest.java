package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import org.junit.jupiter.api.Test;

/** What Knative asks beyond Kubernetes, and that its Service is the Deployment in other words. */
@NeedsKustomize
class KnativeTest {

    private final Container knative = Manifests.of("knative").api().container();
    private final Container deployment = Manifests.of("production").api().container();

    @Test
    void the_container_is_that_of_the_deployment() {
        assertEquals(deployment.getName(), knative.getName());
        assertEquals(deployment.getEnv(), knative.getEnv());
        assertEquals(deployment.getEnvFrom().get(1), knative.getEnvFrom().get(1));
        assertEquals(deployment.getResources(), knative.getResources());
        assertEquals(deployment.getSecurityContext(), knative.getSecurityContext());
        assertEquals(deployment.getVolumeMounts(), knative.getVolumeMounts());
    }

    @Test
    void it_names_the_port_of_the_calls_alone() {
        assertEquals(1, knative.getPorts().size());
        assertEquals("http1", knative.getPorts().get(0).getName());
    }

    @Test
    void probes_give_their_port_by_number() {
        for (Probe probe : new Probe[] {knative.getLivenessProbe(), knative.getReadinessProbe()}) {
            assertNull(probe.getHttpGet().getPort().getStrVal());
        }
    }

    @Test
    void knative_asks_for_readiness_at_its_own_pace() {
        assertNull(knative.getReadinessProbe().getPeriodSeconds());
        assertNull(knative.getReadinessProbe().getFailureThreshold());
        assertNull(knative.getReadinessProbe().getTimeoutSeconds());
    }

    @Test
    void idle_it_has_no_pods() {
        var template = Manifests.of("knative")
                .only(io.fabric8.knative.serving.v1.Service.class)
                .getSpec()
                .getTemplate();

        assertEquals("0", template.getMetadata().getAnnotations().get("autoscaling.knative.dev/min-scale"));
    }
}
