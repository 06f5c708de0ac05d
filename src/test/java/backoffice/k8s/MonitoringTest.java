package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.Management;
import backoffice.testsupport.RepositoryFiles;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The running service has the metrics and the paths that the manifests, the dashboard and the alerts ask for. */
@QuarkusTest
@ExtendWith(StoredKeys.class)
class MonitoringTest {

    private static final Pattern METRIC = Pattern.compile("\\w+(?=\\{)");

    /** Those of Kubernetes, Prometheus and exporters, and those that only the packaged application has. */
    private static final Pattern OF_OTHERS =
            Pattern.compile("kube_.*|container_.*|up|pg_.*|node_systemd_.*|backoffice_connections_.*");

    @Test
    void every_metric_of_the_dashboard_and_of_the_alerts_is_exported() {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);
        String key = StoredKeys.create("ends", true);
        Sql.execute("update bitkey set expires_at = now() + interval '1 day' where name = 'ends'");
        StoredKeys.awaitStatus(key, 200);

        String metrics = Management.get("/q/metrics").extract().asString();
        Set<String> exported = metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(toSet());

        String dashboard = RepositoryFiles.text(Path.of("k8s/components/monitoring/customer-groups.json"));
        Set<String> asked = Stream.of(Json.read(dashboard).get(0).findValuesAsText("expr"), alerts("expr"))
                .flatMap(queries ->
                        queries.stream().flatMap(query -> METRIC.matcher(query).results()))
                .map(MatchResult::group)
                .filter(metric -> !OF_OTHERS.matcher(metric).matches())
                .collect(toSet());

        assertThat(asked, is(not(empty())));
        assertThat(asked, everyItem(in(exported)));
    }

    @Test
    void every_alert_selects_a_job_or_the_database_of_the_service_and_is_in_operating_md() {
        String page = RepositoryFiles.text(Path.of("docs", "operating.md"));

        assertThat(alerts("alert"), is(not(empty())));
        alerts("alert").forEach(alert -> assertThat(page, containsString("\n### " + alert + "\n\n- **When:** ")));
        assertThat(
                alerts("expr"),
                everyItem(either(containsString("job=\"customer-groups\""))
                        .or(containsString("datname=\"customer_groups\""))
                        .or(containsString("cronjob=~\"customer-groups-"))));
    }

    @ParameterizedTest
    @MethodSource("backoffice.k8s.Manifests#overlays")
    void every_path_of_prometheus_and_of_a_probe_is_served_and_liveness_checks_what_a_restart_mends(String overlay) {
        JsonNode container = Manifests.of(overlay).only("Api").at("/spec/containers/0");
        Stream.concat(
                        Json.texts(container, "/startupProbe,livenessProbe,readinessProbe/httpGet/path").stream(),
                        Manifests.of(overlay).all("ServiceMonitor").stream()
                                .flatMap(monitor -> Json.texts(monitor, "/spec/endpoints/*/path").stream()))
                .forEach(path -> Management.get(path).statusCode(200));

        assertThat(checks(container.at("/readinessProbe/httpGet/path")), hasItem("database"));
        if (container.at("/livenessProbe").has("httpGet")) {
            assertThat(
                    checks(container.at("/livenessProbe/httpGet/path")),
                    containsInAnyOrder("connection pool", "event loops"));
        }
    }

    private static List<String> checks(JsonNode path) {
        return Management.get(path.textValue()).extract().path("checks.name");
    }

    private static List<String> alerts(String member) {
        return Json.texts(Manifests.of("production").only("PrometheusRule"), "/spec/groups/*/rules/*/" + member);
    }
}
