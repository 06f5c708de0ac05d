package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.k8s.Dashboard.Selector;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Grafana finds the dashboard, and the queries of the dashboard and the alarms match the metrics in Prometheus. */
@NeedsKustomize
class MonitoringTest {

    private final Manifests production = Manifests.of("production");

    @Test
    void grafana_finds_the_dashboard_by_its_label() {
        ConfigMap dashboard =
                production.named(ConfigMap.class, "customer-groups-dashboard").orElseThrow();

        assertEquals("1", dashboard.getMetadata().getLabels().get("grafana_dashboard"));
        assertEquals(Set.of("customer-groups.json"), dashboard.getData().keySet());
    }

    @Test
    void every_query_selects_the_chosen_namespace() throws IOException {
        List<String> matchers =
                Dashboard.read().selectors().map(Selector::matchers).toList();

        assertThat(matchers, is(not(empty())));
        assertThat(matchers, everyItem(containsString("namespace=\"$namespace\"")));
    }

    @Test
    void queries_select_the_job_of_the_service_monitor() throws IOException {
        String label = production.only(ServiceMonitor.class).getSpec().getJobLabel();
        String job = production
                .named(Service.class, "customer-groups-management")
                .orElseThrow()
                .getMetadata()
                .getLabels()
                .get(label);

        Set<String> matchers = Dashboard.read()
                .selectors()
                .filter(selector -> !selector.isOfKubernetes())
                .map(Selector::matchers)
                .collect(toSet());

        assertThat(matchers, everyItem(containsString("job=\"" + job + "\"")));
    }

    @Test
    void every_alarm_selects_the_job_of_the_service_and_is_in_operating_md() throws IOException {
        String page = Files.readString(Path.of("docs", "operating.md"));

        List<Rule> alarms = alarms(production);

        assertThat(alarms, is(not(empty())));
        for (Rule alarm : alarms) {
            assertThat(page, containsString("| `" + alarm.getAlert() + "` |"));
            assertThat(alarm.getExpr().getStrVal(), containsString("job=\"customer-groups\""));
        }
    }

    static List<Rule> alarms(Manifests overlay) {
        return overlay.only(PrometheusRule.class).getSpec().getGroups().stream()
                .flatMap(group -> group.getRules().stream())
                .toList();
    }

    @Test
    void queries_select_the_container_and_the_port_of_the_service() throws IOException {
        String container = production.api().container().getName();
        int port = Settings.of(production).number("quarkus.http.port");

        List<String> matchers =
                Dashboard.read().selectors().map(Selector::matchers).toList();

        assertThat(
                matchers.stream().filter(m -> m.contains("container=")).toList(),
                everyItem(containsString("container=\"" + container + "\"")));
        assertThat(
                matchers.stream().filter(m -> m.contains("server_port=")).toList(),
                everyItem(containsString("server_port=\"" + port + "\"")));
    }
}
