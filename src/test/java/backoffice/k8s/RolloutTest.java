package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The manifests allow a rollout without lost calls. */
@NeedsKustomize
class RolloutTest {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** The default {@code max_connections} of 100, minus 3 for superusers and 2 for the migration. */
    private static final int CONNECTIONS = 95;

    @EachOverlay
    void a_pod_migrates_the_schema_with_its_own_image_before_the_service_starts(String overlay) {
        Container migration = Manifests.of(overlay).api().migration();
        Container api = Manifests.of(overlay).api().container();

        assertEquals("true", variable(migration, "QUARKUS_FLYWAY_MIGRATION_MIGRATE_AT_START"));
        assertEquals("true", variable(migration, "QUARKUS_INIT_AND_EXIT"));
        assertEquals("false", variable(api, "BACKOFFICE_MIGRATE_AT_START"));
        assertEquals(migration.getImage(), api.getImage());
        assertNotEquals("customer-groups", api.getImage(), "the image has no tag");
    }

    @EachOverlay
    void no_object_of_an_overlay_needs_to_be_deleted_before_the_next_apply(String overlay) {
        assertEquals(List.of(), Manifests.of(overlay).all(Job.class));
    }

    @EachOverlay
    void only_the_migration_knows_the_user_that_changes_the_schema(String overlay) {
        PodTemplate pod = Manifests.of(overlay).api();

        assertThat(secrets(pod.migration()), hasItem("customer-groups-migration"));
        assertThat(secrets(pod.container()), not(hasItem("customer-groups-migration")));
    }

    @EachOverlay
    void a_failed_migration_stops_the_rollout_and_is_reported(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        // The pods of the version before stay until a new pod is ready, and a pod whose migration failed never is.
        assertEquals(
                "FallbackToLogsOnError", manifests.api().migration().getTerminationMessagePolicy());
        for (Deployment deployment : manifests.all(Deployment.class)) {
            assertEquals(120, deployment.getSpec().getProgressDeadlineSeconds());
        }
    }

    private static List<String> secrets(Container container) {
        return container.getEnv().stream()
                .map(EnvVar::getValueFrom)
                .filter(Objects::nonNull)
                .map(from -> from.getSecretKeyRef().getName())
                .toList();
    }

    @EachOverlay
    void the_grace_period_of_a_pod_exceeds_its_shutdown_time(String overlay) {
        Manifests manifests = Manifests.of(overlay);
        Settings settings = Settings.of(manifests);
        Duration needed =
                settings.duration("quarkus.shutdown.delay").plus(settings.duration("quarkus.shutdown.timeout"));

        assertThat(gracePeriod(manifests.api()), greaterThan(needed.plus(MARGIN)));
    }

    @EachOverlay
    void a_rolling_update_removes_a_pod_only_after_another_is_ready(String overlay) {
        for (Deployment deployment : Manifests.of(overlay).all(Deployment.class)) {
            var strategy = deployment.getSpec().getStrategy();
            assertEquals("RollingUpdate", strategy.getType());
            assertEquals(0, strategy.getRollingUpdate().getMaxUnavailable().getIntVal());
            assertEquals(1, strategy.getRollingUpdate().getMaxSurge().getIntVal());
        }
    }

    @Test
    void production_scales_by_load_and_an_apply_does_not_reset_the_replicas() {
        Manifests production = Manifests.of("production");
        var autoscaler = production.only(HorizontalPodAutoscaler.class).getSpec();

        assertEquals(
                70, autoscaler.getMetrics().get(0).getResource().getTarget().getAverageUtilization());
        assertNull(production.only(Deployment.class).getSpec().getReplicas());
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
        int pods = production.only(HorizontalPodAutoscaler.class).getSpec().getMaxReplicas() + 1;

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

    private static String variable(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .findFirst()
                .orElseThrow();
    }

    /** The grace period of a pod. A Knative Service has none of its own, so its request timeout applies. */
    private static Duration gracePeriod(PodTemplate pod) {
        if (pod.workload() instanceof io.fabric8.knative.serving.v1.Service service) {
            return Duration.ofSeconds(service.getSpec().getTemplate().getSpec().getTimeoutSeconds());
        }
        return Duration.ofSeconds(pod.spec().getTerminationGracePeriodSeconds());
    }
}
