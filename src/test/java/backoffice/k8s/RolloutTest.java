package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** The manifests allow a rollout without lost calls. */
@NeedsKustomize
class RolloutTest {

    private static final Duration MARGIN = Duration.ofSeconds(5);

    @EachOverlay
    void a_pod_migrates_the_schema_with_its_own_image_before_the_service_starts(String overlay) {
        Container migration = Manifests.of(overlay).api().migration();
        Container api = Manifests.of(overlay).api().container();

        assertEquals(List.of("schema", "migrate"), migration.getArgs());
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
        assertEquals("FallbackToLogsOnError", manifests.api().migration().getTerminationMessagePolicy());
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

        assertThat(gracePeriod(manifests.api()), greaterThan(shutdown(manifests).plus(MARGIN)));
    }

    /** So a rollout has at most one pod that is ending, and it counts in the connections to PostgreSQL. */
    @EachOverlay
    void a_rollout_ends_a_pod_after_the_one_before_it_is_gone(String overlay) {
        Manifests manifests = Manifests.of(overlay);

        for (Deployment deployment : manifests.all(Deployment.class)) {
            Duration between = Duration.ofSeconds(deployment.getSpec().getMinReadySeconds());
            assertThat(between, greaterThan(shutdown(manifests)));
        }
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

    /** How long a pod takes to end at most. */
    static Duration shutdown(Manifests manifests) {
        Settings settings = Settings.of(manifests);
        return settings.duration("quarkus.shutdown.delay").plus(settings.duration("quarkus.shutdown.timeout"));
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
