package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values of the chart switch. {@link ChartAndOverlayTest} compares the chart with the production overlay. */
class ChartTest {

    private static final String EXTERNAL_SECRETS = HelmChart.LIKE_PRODUCTION + """
            externalSecrets:
              enabled: true
              store: {name: platform}
              remoteKeys: {database: a, migration: b, ca: c, bitkeys: d}
            """;

    @Test
    void helm_finds_no_fault() {
        assertFalse(
                HelmChart.lint(HelmChart.CHART).isFailed(),
                () -> HelmChart.lint(HelmChart.CHART).getMessages().toString());
    }

    /** The columns: values, a kind, a path of {@link Json#find}, and all texts there. */
    @ParameterizedTest(name = "{0}: {1} {2} is {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            # The migration runs before any other object changes, needs none of them, and may use as much memory as the service.
            `` | Job | /metadata/annotations/hook                                              | pre-install,pre-upgrade
            `` | Job | /metadata/annotations/helm.sh~1hook-delete-policy                       | before-hook-creation
            `` | Job | /metadata/annotations/argocd.argoproj.io~1hook                          | PreSync
            `` | Job | /metadata/annotations/argocd.argoproj.io~1hook-delete-policy            | BeforeHookCreation
            `` | Job | /spec/template/spec/containers/*/envFrom/*/configMapRef/name            | ``
            `` | Job | /spec/template/spec/serviceAccountName                                  | ``
            resources: {requests: {memory: 384Mi}, limits: {memory: 640Mi}} | Job | /spec/template/spec/containers/*/resources/*/memory | 384Mi 640Mi

            # An image can be named by its digest.
            image: {digest: 'sha256:0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f'} | Api | /spec/containers/*/image | registry.example.com/customer-groups@sha256:0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f

            # Each part can be switched off.
            ``                                   | HorizontalPodAutoscaler | /metadata/name | customer-groups
            autoscaling: {enabled: false}         | HorizontalPodAutoscaler | /metadata/name | ``
            ``                                   | PodDisruptionBudget     | /metadata/name | customer-groups
            podDisruptionBudget: {enabled: false} | PodDisruptionBudget     | /metadata/name | ``
            ``                                   | NetworkPolicy           | /metadata/name | customer-groups-management customer-groups
            networkPolicy: {enabled: false}       | NetworkPolicy           | /metadata/name | ``
            monitoring: {enabled: false}          | ServiceMonitor          | /metadata/name | ``
            monitoring: {enabled: false}          | PrometheusRule          | /metadata/name | ``
            ``                                   | PrometheusRule          | /metadata/name | customer-groups
            monitoring: {alerts: false}           | PrometheusRule          | /metadata/name | ``
            ``                                   | ConfigMap               | /metadata/name | customer-groups customer-groups-dashboard
            monitoring: {dashboard: false}        | ConfigMap               | /metadata/name | customer-groups
            topologySpread: {enabled: false}      | Api | /spec/topologySpreadConstraints/*/topologyKey | ``

            # Three values decide on encryption.
            database: {tls: {existingSecret: my-ca, key: root.pem}} | Api       | /spec/volumes/[name=postgresql-ca]/secret/items/0/key            | root.pem
            database: {tls: {existingSecret: my-ca, key: root.pem}} | Api       | /spec/volumes/[name=postgresql-ca]/secret/secretName             | my-ca
            database: {tls: {existingSecret: my-ca, key: root.pem}} | ConfigMap | /data/BACKOFFICE_DATABASE_TLS | verify-full
            database: {tls: {enabled: false}}                       | ConfigMap | /data/BACKOFFICE_DATABASE_TLS | ``
            database: {tls: {enabled: false}}                       | Api       | /spec/volumes/[name=postgresql-ca]/secret/secretName             | ``

            # Clusters have rules for nodes, labels and annotations of their own.
            fullnameOverride: groups                                                  | Api            | /spec/serviceAccountName                                        | groups
            nodeSelector: {pool: api}                                                 | Api            | /spec/nodeSelector/pool                                         | api
            nodeSelector: {pool: api}                                                 | Job            | /spec/template/spec/nodeSelector/pool                           | api
            tolerations: [{key: api, operator: Exists}]                               | Api            | /spec/tolerations/*/key                                         | api
            affinity: {nodeAffinity: {}}                                              | Api            | /spec/affinity/nodeAffinity                                     | ``
            podLabels: {team: groups}                                                 | Deployment     | /spec/template/metadata/labels/team                             | groups
            podAnnotations: {sidecar: 'no'}                                           | Deployment     | /spec/template/metadata/annotations/sidecar                     | no
            serviceAccount: {annotations: {role: groups}}                             | ServiceAccount | /metadata/annotations/role                                      | groups
            extraEnv: [{name: TZ, value: Asia/Shanghai}]                              | Api            | /spec/containers/0/env/[name=TZ]/value                          | Asia/Shanghai
            extraEnv: [{name: TZ, value: Asia/Shanghai}]                              | Job            | /spec/template/spec/containers/0/env/[name=TZ]/value            | Asia/Shanghai
            extraVolumes: [{name: more, emptyDir: {}}]                                | Api            | /spec/volumes/[name=more]/name                                  | more
            extraVolumeMounts: [{name: more, mountPath: /more}]                       | Job            | /spec/template/spec/containers/0/volumeMounts/[name=more]/mountPath | /more
            ``                                                                        | Deployment     | /spec/replicas                                                  | ``
            {autoscaling: {enabled: false}, replicaCount: 2}                          | Deployment     | /spec/replicas                                                  | 2

            # An ingress or a route leads to the service, which then trusts the address that the proxy sends.
            trustedProxies: 10.244.0.0/16 | ConfigMap | /data/QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING | true
            ingress: {enabled: true, className: traefik, host: a.example.com, tlsSecret: a} | Ingress | /spec/rules/*/http/paths/*/backend/service/name | customer-groups
            httpRoute: {enabled: true, parentRefs: [{name: public}], hostnames: [a.example.com]} | HTTPRoute | /spec/rules/*/backendRefs/*/name,port | customer-groups 80

            # Pods reach the ports that the values name.
            {database: {url: 'postgresql://pgbouncer:6432/a'}, migration: {jdbcUrl: 'jdbc:postgresql://postgresql/a'}, tracing: {enabled: true, endpoint: 'http://collector:4317'}, networkPolicy: {egressPorts: [443]}} | NetworkPolicy | /spec/egress/*/ports/*/port | 53 53 443 6432 5432 4317
            """)
    void values_decide(String values, String kind, String path, String expected) throws IOException {
        List<String> found = manifests(values).all(kind).stream()
                .flatMap(object -> Json.texts(object, path).stream())
                .toList();

        assertEquals(expected, String.join(" ", found));
    }

    @Test
    void a_changed_setting_starts_a_rollout() throws IOException {
        String checksum = "/spec/template/metadata/annotations/checksum~1settings";
        String before = manifests("").only("Deployment").at(checksum).textValue();

        assertEquals(before, manifests("").only("Deployment").at(checksum).textValue());
        assertNotEquals(
                before,
                manifests("settings: {BACKOFFICE_CONSOLE: false}")
                        .only("Deployment")
                        .at(checksum)
                        .textValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "databse: {}",
                "image: {tagg: a}",
                "image: {digest: 'sha256:1'}",
                "autoscaling: {minReplicas: 0}",
                "extraEnv: [{value: a}]",
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

    @Test
    void external_secrets_create_each_secret_that_a_pod_reads_and_leave_one_alone_that_exists() throws IOException {
        Set<String> read = new TreeSet<>(Manifests.secrets(manifests("").only("Api")));
        read.add("customer-groups-migration");

        assertEquals(read, names(EXTERNAL_SECRETS));
        assertThat(names(EXTERNAL_SECRETS.replace(", bitkeys: d", "")), not(hasItem("customer-groups-bitkeys")));
        assertEquals(Set.of(), names(HelmChart.LIKE_PRODUCTION));
    }

    @Test
    void secrets_are_created_before_the_migration_and_outlive_each_upgrade() throws IOException {
        for (JsonNode secret : raw(EXTERNAL_SECRETS, "ExternalSecret")) {
            JsonNode annotations = secret.at("/metadata/annotations");
            assertEquals("pre-install,pre-upgrade", annotations.get("hook").textValue());
            assertEquals("-1", annotations.get("helm.sh/hook-weight").textValue());
            assertEquals("-1", annotations.get("argocd.argoproj.io/sync-wave").textValue());
            // Helm deletes a hook before it creates it again. A Secret with an owner would go with it.
            assertEquals("Orphan", secret.at("/spec/target/creationPolicy").textValue());
        }
    }

    /** Otherwise it could run as the user of the service, who may not change tables, before the Secret is there. */
    @Test
    void the_migration_waits_for_its_secret_if_external_secrets_creates_it() throws IOException {
        String optional = "/spec/template/spec/containers/0/env/*/valueFrom/secretKeyRef/optional";

        assertEquals(
                List.of("true", "true"),
                Json.texts(raw(HelmChart.LIKE_PRODUCTION, "Job").get(0), optional));
        assertEquals(
                List.of("false", "false"),
                Json.texts(raw(EXTERNAL_SECRETS, "Job").get(0), optional));
    }

    private static Set<String> names(String values) throws IOException {
        return raw(values, "ExternalSecret").stream()
                .map(secret -> secret.at("/spec/target/name").textValue())
                .collect(toSet());
    }

    private static List<JsonNode> raw(String values, String kind) throws IOException {
        return new Manifests(Json.read(HelmChart.renderWithHooks(values))).all(kind);
    }

    /** The chart like production, but for these values. */
    private static Manifests manifests(String values) throws IOException {
        return Manifests.parse(HelmChart.renderWithHooks(HelmChart.LIKE_PRODUCTION, values));
    }
}
