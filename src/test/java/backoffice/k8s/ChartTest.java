package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values of the chart switch. {@link ChartAndOverlayTest} compares the chart with the production overlay. */
class ChartTest {

    @Test
    void helm_finds_no_fault() {
        assertFalse(
                HelmChart.lint().isFailed(),
                () -> HelmChart.lint().getMessages().toString());
    }

    @Test
    void the_migration_runs_before_any_other_object_changes_and_needs_none_of_them() throws IOException {
        Job job =
                new Manifests(StrictParser.parse(HelmChart.renderWithHooks(HelmChart.LIKE_PRODUCTION))).only(Job.class);
        var pod = job.getSpec().getTemplate().getSpec();

        Map<String, String> annotations = job.getMetadata().getAnnotations();
        assertEquals("pre-install,pre-upgrade", annotations.get("hook"));
        assertEquals("before-hook-creation", annotations.get("helm.sh/hook-delete-policy"));
        assertEquals("PreSync", annotations.get("argocd.argoproj.io/hook"));
        assertEquals("BeforeHookCreation", annotations.get("argocd.argoproj.io/hook-delete-policy"));
        assertThat(pod.getContainers().get(0).getEnvFrom(), is(empty()));
        assertNull(pod.getServiceAccountName());
    }

    @Test
    void the_migration_may_use_as_much_memory_as_the_service() throws IOException {
        String values = HelmChart.LIKE_PRODUCTION + "resources: {requests: {memory: 384Mi}, limits: {memory: 640Mi}}";
        var migration = new Manifests(StrictParser.parse(HelmChart.renderWithHooks(values)))
                .only(Job.class)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .getResources();

        assertEquals("384Mi", migration.getRequests().get("memory").toString());
        assertEquals("640Mi", migration.getLimits().get("memory").toString());
    }

    /** The chart has links to the alarms and the dashboard, which kustomize reads too. */
    @Test
    void a_package_of_the_chart_has_all_files_and_renders_the_same(@TempDir Path directory) throws IOException {
        Path archive = HelmChart.pack(directory);

        assertEquals(HelmChart.render(HelmChart.LIKE_PRODUCTION), HelmChart.render(archive, HelmChart.LIKE_PRODUCTION));
    }

    @Test
    void a_changed_setting_starts_a_rollout() throws IOException {
        String before = checksum(HelmChart.LIKE_PRODUCTION);

        assertEquals(before, checksum(HelmChart.LIKE_PRODUCTION));
        assertFalse(before.equals(checksum(HelmChart.LIKE_PRODUCTION + "settings: {BACKOFFICE_CONSOLE: false}")));
    }

    @Test
    void an_image_can_be_named_by_its_digest() throws IOException {
        String digest = "sha256:" + "0f".repeat(32);

        assertEquals(
                "registry.example.com/customer-groups@" + digest,
                render("image: {digest: '%s'}".formatted(digest))
                        .api()
                        .container()
                        .getImage());
    }

    @ParameterizedTest
    @CsvSource({
        "autoscaling, HorizontalPodAutoscaler",
        "podDisruptionBudget, PodDisruptionBudget",
        "networkPolicy, NetworkPolicy",
        "monitoring, ServiceMonitor",
        "monitoring, PrometheusRule"
    })
    void a_part_that_is_switched_off_is_not_there(String part, String kind) throws IOException {
        String values = HelmChart.LIKE_PRODUCTION.replace("monitoring:\n  enabled: true\n", "");

        List<String> with = kinds(HelmChart.render(HelmChart.LIKE_PRODUCTION));
        List<String> without = kinds(HelmChart.render(values + part + ": {enabled: false}"));

        assertTrue(with.contains(kind));
        assertFalse(without.contains(kind));
    }

    @Test
    void the_spread_the_alarms_and_the_dashboard_can_be_switched_off() throws IOException {
        Manifests manifests = new Manifests(StrictParser.parse(HelmChart.render(HelmChart.LIKE_PRODUCTION
                + "  alerts: false\n  dashboard: false\ntopologySpread: {enabled: false}\n")));

        assertThat(manifests.api().spec().getTopologySpreadConstraints(), is(empty()));
        assertEquals(1, manifests.all(ConfigMap.class).size());
        assertFalse(
                manifests.all().stream().anyMatch(manifest -> manifest.getKind().equals("PrometheusRule")));
    }

    @Test
    void three_values_decide_on_encryption() throws IOException {
        Manifests own = render("tls: {existingSecret: postgresql-ca, key: root.pem}", "database");
        Manifests off = render("tls: {enabled: false}", "database");

        var secret = own.api().spec().getVolumes().stream()
                .filter(volume -> volume.getName().equals("postgresql-ca"))
                .findFirst()
                .orElseThrow()
                .getSecret();
        assertEquals("postgresql-ca", secret.getSecretName());
        assertEquals("root.pem", secret.getItems().get(0).getKey());
        assertEquals("verify-full", Settings.of(own).get("quarkus.datasource.reactive.postgresql.ssl-mode"));
        assertFalse(off.api().secrets().contains("customer-groups-database-ca"));
        assertFalse(off.only(ConfigMap.class).getData().keySet().stream().anyMatch(name -> name.contains("SSL")));
    }

    @Test
    void pods_reach_the_ports_that_the_values_name() throws IOException {
        Manifests manifests = new Manifests(StrictParser.parse(HelmChart.render("""
                database: {url: "postgresql://pgbouncer:6432/customer_groups"}
                migration: {jdbcUrl: "jdbc:postgresql://postgresql/customer_groups"}
                tracing: {enabled: true, endpoint: "http://collector:4317"}
                networkPolicy: {egressPorts: [443]}
                """)));

        List<Integer> ports = manifests.only(NetworkPolicy.class).getSpec().getEgress().stream()
                .flatMap(rule -> rule.getPorts().stream())
                .map(port -> port.getPort().getIntVal())
                .toList();

        assertEquals(List.of(53, 53, 443, 6432, 5432, 4317), ports);
    }

    @Test
    void an_ingress_or_a_route_leads_to_the_service() throws IOException {
        Manifests manifests = new Manifests(StrictParser.parse(HelmChart.render(HelmChart.LIKE_PRODUCTION + """
                trustedProxies: 10.244.0.0/16
                ingress: {enabled: true, className: traefik, host: groups.example.com, tlsSecret: groups}
                httpRoute: {enabled: true, parentRefs: [{name: public}], hostnames: [groups.example.com]}
                """)));

        var path = manifests
                .only(Ingress.class)
                .getSpec()
                .getRules()
                .get(0)
                .getHttp()
                .getPaths()
                .get(0);
        var route = manifests
                .only(HTTPRoute.class)
                .getSpec()
                .getRules()
                .get(0)
                .getBackendRefs()
                .get(0);
        assertEquals("customer-groups", path.getBackend().getService().getName());
        assertEquals("customer-groups", route.getName());
        assertEquals(80, route.getPort());
        assertEquals("true", Settings.of(manifests).get("quarkus.http.proxy.proxy-address-forwarding"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "databse: {}",
                "image: {tagg: a}",
                "image: {digest: 'sha256:1'}",
                "autoscaling: {minReplicas: 0}",
                "settings: {backoffice.console: false}",
                "ingress: {enabled: true}",
                "httpRoute: {enabled: true}",
                "externalSecrets: {enabled: true}"
            })
    void a_wrong_or_unknown_value_is_refused(String value) {
        Exception refusal =
                assertThrows(IllegalStateException.class, () -> HelmChart.render(HelmChart.LIKE_PRODUCTION + value));

        assertThat(refusal.getMessage(), containsString("schema"));
    }

    @Test
    void an_installation_without_a_database_is_refused() {
        Exception refusal = assertThrows(IllegalStateException.class, () -> HelmChart.render(""));

        assertThat(refusal.getMessage(), containsString("Set database.url"));
    }

    private static Manifests render(String values) throws IOException {
        return new Manifests(StrictParser.parse(HelmChart.render(HelmChart.LIKE_PRODUCTION + values)));
    }

    /** With a line of values inside of a part that the values have already. */
    private static Manifests render(String line, String part) throws IOException {
        String values = HelmChart.LIKE_PRODUCTION
                .replace("monitoring:\n  enabled: true\n", "")
                .replace(part + ":\n", part + ":\n  " + line + "\n");
        return new Manifests(StrictParser.parse(HelmChart.render(values)));
    }

    private static List<String> kinds(String manifests) throws IOException {
        return StrictParser.parse(manifests).stream()
                .map(each -> each.getKind())
                .toList();
    }

    private static String checksum(String values) throws IOException {
        return ((io.fabric8.kubernetes.api.model.apps.Deployment)
                        new Manifests(StrictParser.parse(HelmChart.render(values)))
                                .api()
                                .workload())
                .getSpec()
                .getTemplate()
                .getMetadata()
                .getAnnotations()
                .get("checksum/settings");
    }
}
