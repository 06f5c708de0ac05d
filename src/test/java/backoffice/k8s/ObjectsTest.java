package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the objects of overlays, components and samples say. {@link RelationsTest} compares objects with each other. */
class ObjectsTest {

    /** The columns: manifests, a kind and perhaps a name, a path of {@link Json#find}, and the value of each found node. */
    @ParameterizedTest(name = "{0}: {1} {2} is {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # Each object is in the namespace of its overlay. A delete of an overlay leaves the namespace with its Secrets.
            dev                | *              | /metadata/namespace                                   | "customer-groups-dev"
            production knative | *              | /metadata/namespace                                   | "customer-groups"
            *                  | Namespace      | /                                                     | absent
            production knative | Secret         | /                                                     | absent

            # The profile "restricted" of the Pod Security Standards, and no write to an image.
            *   | Pod            | /spec/initContainers,containers/*/securityContext/runAsNonRoot             | true
            *   | Pod            | /spec/initContainers,containers/*/securityContext/allowPrivilegeEscalation | false
            *   | Pod            | /spec/initContainers,containers/*/securityContext/readOnlyRootFilesystem   | true
            *   | Pod            | /spec/initContainers,containers/*/securityContext/capabilities             | {"drop": ["ALL"]}
            *   | Pod            | /spec/initContainers,containers/*/securityContext/seccompProfile/type      | "RuntimeDefault"

            # The cluster chooses the user of the service. No pod has a token for the API of Kubernetes.
            *   | Api            | /spec/initContainers,containers/*/securityContext/runAsUser                | absent
            *   | Api            | /spec/securityContext                                                      | absent
            *   | Pod            | /spec/automountServiceAccountToken                                         | false
            *   | ServiceAccount | /automountServiceAccountToken                                              | false

            # Memory is limited, and CPU is not.
            *   | Pod            | /spec/initContainers,containers/*/resources/limits/memory                  | present
            *   | Pod            | /spec/initContainers,containers/*/resources/limits/cpu                     | absent

            # Keys are variables of the service alone, with the names of vendors behind the prefix. They may be absent.
            *   | Api            | /spec/containers/0/envFrom/[prefix=BACKOFFICE_BITKEYS_]/secretRef/optional | true
            *   | Pod            | /spec/initContainers/*/envFrom/*/secretRef                                 | absent

            # A pod migrates the schema before the service starts. A failure stops the rollout and is reported. Only the
            # migration knows the user that changes the schema. No object must be deleted before the next apply.
            *   | Api            | /spec/initContainers/*/args                                                | ["schema", "migrate"]
            *   | Api            | /spec/initContainers/*/terminationMessagePolicy                            | "FallbackToLogsOnError"
            *   | Api            | /spec/initContainers/0/env/[name=QUARKUS_DATASOURCE_MIGRATION_USERNAME]/valueFrom/secretKeyRef/name | "customer-groups-migration"
            *   | Api            | /spec/containers/0/env/[name=QUARKUS_DATASOURCE_MIGRATION_USERNAME]        | absent
            *   | Api            | /spec/containers/0/env/[name=BACKOFFICE_MIGRATE_AT_START]/value            | "false"
            *   | Job            | /                                                                          | absent

            # A rollout loses no call. The first one on a machine also pulls PostgreSQL.
            dev production     | Deployment | /spec/strategy                    | {"rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}, "type": "RollingUpdate"}

            # Where a protocol is missing, the server adds it, and each apply finds a difference.
            *                  | Pod            | /spec/containers/*/ports/*/protocol                        | "TCP"
            *                  | Service        | /spec/ports/*/protocol                                     | "TCP"
            *                  | NetworkPolicy  | /spec/ingress,egress/*/ports/*/protocol                    | present

            # Everyone reaches only the port of the API, or those of Knative's queue-proxy. Monitoring reaches the management
            # port. A pod reaches only DNS and the database.
            dev production     | NetworkPolicy customer-groups | /spec/ingress/*/ports/*/port                | [8080]
            knative            | NetworkPolicy customer-groups | /spec/ingress/*/ports/*/port                | [8012, 8112, 9090]
            *                  | NetworkPolicy customer-groups | /spec/ingress/*/from                        | absent
            *                  | NetworkPolicy customer-groups | /spec/egress/*/ports/*/port                 | [53, 53, 5432]
            *                  | NetworkPolicy customer-groups | /spec/policyTypes                           | ["Ingress", "Egress"]
            production knative | NetworkPolicy customer-groups-management | /spec/ingress                    | [{"from": [{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "monitoring"}}}], "ports": [{"port": 9000, "protocol": "TCP"}]}]
            dev                | NetworkPolicy customer-groups-management | /                                | absent

            # Knative replaces the Deployment, its Service and its autoscaler. A container names one port, to which Knative
            # sends the liveness probe, so that probe may not ask a path of the management port. The timing of the readiness
            # probe is that of Knative. An apply ends a rollback that was made by hand, and an idle service has no pod.
            knative | Deployment              | /                                                             | absent
            knative | HorizontalPodAutoscaler | /                                                             | absent
            knative | Service customer-groups | /                                                             | absent
            knative | Api                     | /spec/containers/0/ports                                      | [{"containerPort": 8080, "name": "http1", "protocol": "TCP"}]
            knative | Api                     | /spec/containers/0/readinessProbe                             | {"httpGet": {"path": "/q/health/ready", "port": 9000}}
            knative | KnativeService          | /spec/template/metadata/annotations/autoscaling.knative.dev~1min-scale     | "0"

            # With public access, no one else connects to the service. So no client goes around the rate limit.
            production+samples/ingress     | NetworkPolicy customer-groups | /spec/ingress/*/from/*/namespaceSelector/matchLabels | {"kubernetes.io/metadata.name": "traefik"}
            production+samples/gateway-api | NetworkPolicy customer-groups | /spec/ingress/*/from/*/namespaceSelector/matchLabels | {"kubernetes.io/metadata.name": "gateway"}

            # The job reaches the database as the service does, with its user and its settings, on a read-only file system.
            production+components/retention | CronJob   | /spec/jobTemplate/spec/template/spec/containers/*/envFrom/*/configMapRef/name | present
            production+components/retention | CronJob   | /spec/jobTemplate/spec/template/spec/volumes/[name=retention]/configMap/name | "customer-groups-retention"

            # Sessions are in the memory of the one pod. It reaches the service, DNS and the provider, and has no other key.
            production+components/sign-in  | Deployment customer-groups-sign-in    | /spec/replicas                  | 1
            production+components/sign-in  | Deployment customer-groups-sign-in    | /spec/template/spec/containers/*/envFrom/*/secretRef/name | "customer-groups-sign-in"
            production+components/sign-in  | Service customer-groups-sign-in       | /spec/selector                  | {"app.kubernetes.io/name": "customer-groups-sign-in", "app.kubernetes.io/component": "sign-in"}
            production+components/sign-in  | NetworkPolicy customer-groups-sign-in | /spec/egress/*/ports/*/port     | [53, 53, 8080, 443]
            # Where a sample admits only an ingress controller or a gateway, the sign-in still reaches the service.
            production+components/sign-in  | NetworkPolicy customer-groups-from-sign-in | /spec/podSelector/matchLabels | {"app.kubernetes.io/name": "customer-groups", "app.kubernetes.io/component": "api"}
            production+components/sign-in  | NetworkPolicy customer-groups-from-sign-in | /spec/ingress            | [{"from": [{"podSelector": {"matchLabels": {"app.kubernetes.io/name": "customer-groups-sign-in"}}}], "ports": [{"port": 8080, "protocol": "TCP"}]}]

            # The backup reaches the database as the pods do.
            production          | ConfigMap customer-groups     | /data/QUARKUS_DATASOURCE_REACTIVE_URL              | "postgresql://postgresql.example.com:5432/customer_groups"
            production          | NetworkPolicy customer-groups | /spec/podSelector/matchLabels                      | {"app.kubernetes.io/name": "customer-groups"}
            samples/backup.yaml | Pod | /metadata/labels/app.kubernetes.io~1name                                     | "customer-groups"
            samples/backup.yaml | Pod | /spec/containers/0/env/[name=PGHOST]/value                                   | "postgresql.example.com"
            samples/backup.yaml | Pod | /spec/containers/0/env/[name=PGUSER]/valueFrom/secretKeyRef/name             | "customer-groups-migration"
            samples/backup.yaml | Pod | /spec/volumes/[name=postgresql-ca]/secret/secretName                         | "customer-groups-database-ca"
            """)
    void value(String overlays, String kind, String path, String expected) throws IOException {
        for (String overlay : overlays.equals("*") ? all() : List.of(overlays.split(" "))) {
            List<JsonNode> found = objects(Manifests.of(overlay), kind.split(" ")).stream()
                    .flatMap(object -> Json.find(object, path).stream())
                    .toList();
            if (expected.equals("absent")) {
                assertThat(overlay, found, everyItem(isA(MissingNode.class)));
            } else if (expected.equals("present")) {
                assertThat(overlay, found, both(not(empty())).and(everyItem(not(isA(MissingNode.class)))));
            } else {
                JsonNode value = Json.YAML.readTree(expected);
                boolean isList = value.isArray() && found.stream().noneMatch(JsonNode::isArray);
                List<JsonNode> each = isList ? List.of(Json.YAML.valueToTree(found)) : found;
                assertThat(overlay, each, both(not(empty())).and(everyItem(is(value))));
            }
        }
    }

    /** The overlays, and the components that have pods of their own. */
    private static List<String> all() {
        List<String> all = new ArrayList<>(Manifests.overlays());
        all.addAll(List.of("production+components/retention", "production+components/sign-in"));
        return all;
    }

    /** The objects of a kind, or the one with a name. Kustomize adds a hash to some names. */
    private static List<JsonNode> objects(Manifests manifests, String[] kindAndName) {
        String name = kindAndName.length == 1 ? ".*" : kindAndName[1] + "(-[bcdfghkmt2456789]{10})?";
        return manifests.all(kindAndName[0]).stream()
                .filter(object -> Manifests.name(object).matches(name))
                .toList();
    }
}
