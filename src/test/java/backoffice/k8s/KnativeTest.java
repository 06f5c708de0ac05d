package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import org.junit.jupiter.api.Test;

/** The Knative Service has the same container as the Deployment, and keeps the additional rules of Knative. */
@NeedsKustomize
class KnativeTest {

    private final PodTemplate knativePod = Manifests.of("knative").api();
    private final PodTemplate deploymentPod = Manifests.of("production").api();
    private final Container knative = knativePod.container();
    private final Container deployment = deploymentPod.container();

    @Test
    void the_container_is_the_same_as_that_of_the_deployment() {
        assertEquals(deployment.getName(), knative.getName());
        assertEquals(deployment.getEnv(), knative.getEnv());
        // The production overlay has another request of CPU, for its autoscaler.
        assertEquals(Manifests.of("../base").api().container().getResources(), knative.getResources());
        assertEquals(deployment.getSecurityContext(), knative.getSecurityContext());
        assertEquals(deployment.getVolumeMounts(), knative.getVolumeMounts());
        assertEquals(deploymentPod.spec().getVolumes(), knativePod.spec().getVolumes());
    }

    @Test
    void the_migration_is_the_same_as_that_of_the_deployment() {
        Container migration = new ContainerBuilder(deploymentPod.migration())
                .withImage(knative.getImage())
                .withEnvFrom(knative.getEnvFrom())
                .build();

        assertEquals(migration, knativePod.migration());
    }

    @Test
    void the_container_names_only_the_port_of_the_api() {
        assertEquals(1, knative.getPorts().size());
        assertEquals("http1", knative.getPorts().get(0).getName());
    }

    @Test
    void the_liveness_probe_fits_the_port_of_the_calls_since_knative_sends_it_there() {
        Probe probe = knative.getLivenessProbe();

        // An HTTP probe would ask the port of the calls for a path of the management port, and get 404.
        assertNull(probe.getHttpGet());
        assertEquals(
                knative.getPorts().get(0).getContainerPort(),
                probe.getTcpSocket().getPort().getIntVal());
    }

    @Test
    void the_readiness_probe_gives_its_port_by_number() {
        assertNull(knative.getReadinessProbe().getHttpGet().getPort().getStrVal());
    }

    @Test
    void the_readiness_probe_leaves_its_timing_to_knative() {
        assertNull(knative.getReadinessProbe().getPeriodSeconds());
        assertNull(knative.getReadinessProbe().getFailureThreshold());
        assertNull(knative.getReadinessProbe().getTimeoutSeconds());
    }

    @Test
    void an_apply_ends_a_rollback_that_was_made_by_hand() {
        var traffic = Manifests.of("knative")
                .only(io.fabric8.knative.serving.v1.Service.class)
                .getSpec()
                .getTraffic();

        assertEquals(1, traffic.size());
        assertEquals(true, traffic.get(0).getLatestRevision());
        assertEquals(100, traffic.get(0).getPercent());
    }

    @Test
    void a_revision_fails_as_early_as_a_rollout_of_the_deployment() {
        int seconds =
                Manifests.of("production").only(Deployment.class).getSpec().getProgressDeadlineSeconds();
        var template = Manifests.of("knative")
                .only(io.fabric8.knative.serving.v1.Service.class)
                .getSpec()
                .getTemplate();

        assertEquals(
                seconds + "s", template.getMetadata().getAnnotations().get("serving.knative.dev/progress-deadline"));
    }

    @Test
    void an_idle_service_scales_to_zero_pods() {
        var template = Manifests.of("knative")
                .only(io.fabric8.knative.serving.v1.Service.class)
                .getSpec()
                .getTemplate();

        assertEquals("0", template.getMetadata().getAnnotations().get("autoscaling.knative.dev/min-scale"));
    }
}
