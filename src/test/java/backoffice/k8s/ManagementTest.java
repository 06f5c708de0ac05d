package backoffice.k8s;

import static java.util.stream.Collectors.toCollection;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import backoffice.k8s.Dashboard.Selector;
import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.Vendors;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The running service has the metrics and the paths that the manifests and the dashboard use. */
@NeedsKustomize
@QuarkusTest
class ManagementTest {

    @Test
    void every_metric_of_the_dashboard_and_of_the_alarms_is_exported() throws IOException {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);
        Set<String> exported = Management.get("/q/metrics")
                .extract()
                .body()
                .asString()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(toCollection(TreeSet::new));

        Dashboard alarms = new Dashboard(MonitoringTest.alarms(Manifests.of("production")).stream()
                .map(alarm -> alarm.getExpr().getStrVal())
                .toList());
        List<String> asked = Stream.concat(Dashboard.read().selectors(), alarms.selectors())
                .filter(selector -> !selector.isOfKubernetes())
                .map(Selector::metric)
                .toList();

        assertThat(asked, is(not(empty())));
        assertThat(asked, everyItem(in(exported)));
    }

    @EachOverlay
    void every_probe_is_answered(String overlay) {
        Container container = Manifests.of(overlay).api().container();

        Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())
                .filter(Objects::nonNull)
                .map(Probe::getHttpGet)
                .filter(Objects::nonNull)
                .forEach(probe -> Management.get(probe.getPath()).statusCode(200));
    }

    @EachOverlay
    void the_paths_that_prometheus_scrapes_are_served(String overlay) {
        for (ServiceMonitor monitor : Manifests.of(overlay).all(ServiceMonitor.class)) {
            monitor.getSpec()
                    .getEndpoints()
                    .forEach(endpoint -> Management.get(endpoint.getPath()).statusCode(200));
        }
    }

    @EachOverlay
    void readiness_checks_the_database_and_liveness_does_not(String overlay) {
        Container container = Manifests.of(overlay).api().container();

        assertThat(checks(container.getReadinessProbe()), hasItem("database"));
        if (container.getLivenessProbe().getHttpGet() != null) {
            assertThat(checks(container.getLivenessProbe()), is(List.of("event loops")));
        }
    }

    private static List<String> checks(Probe probe) {
        return Management.get(probe.getHttpGet().getPath()).extract().path("checks.name");
    }
}
