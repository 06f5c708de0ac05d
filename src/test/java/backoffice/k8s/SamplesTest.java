package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Bash;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples for a platform team, and the components, fit the manifests of the service. */
@NeedsKustomize
class SamplesTest {

    private static final Path SAMPLES = Path.of("k8s", "samples");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "ingress, /spec/rules/0/http/paths/0/backend/service/name, traefik",
        "gateway-api, /spec/rules/0/backendRefs/0/name, gateway"
    })
    void public_access_leads_to_the_service_that_no_one_else_connects_to(
            String sample, String backend, String namespace) throws IOException {
        Manifests manifests = Manifests.with(directory, "production", "samples/" + sample);
        JsonNode route = Stream.of("Ingress", "HTTPRoute")
                .flatMap(kind -> manifests.all(kind).stream())
                .findFirst()
                .orElseThrow();

        String service = route.at(backend).textValue();

        assertTrue(manifests.named("Service", service).isPresent(), service);
        // A client that connects to the service itself would go around the limits of the proxy.
        JsonNode policy = manifests.named("NetworkPolicy", "customer-groups").orElseThrow();
        String from = "/spec/ingress/*/from/*/namespaceSelector/matchLabels/kubernetes.io~1metadata.name";
        assertEquals(Set.of(namespace), Set.copyOf(Json.texts(policy, from)));
    }

    @Test
    void the_ingress_limits_the_rate_of_each_address() throws IOException {
        Manifests manifests = Manifests.with(directory, "production", "samples/ingress");
        JsonNode limit = manifests.only("Middleware");
        JsonNode service = manifests.named("Service", "customer-groups").orElseThrow();

        String namespace = service.at("/metadata/namespace").textValue();
        String used = "/metadata/annotations/traefik.ingress.kubernetes.io~1router.middlewares";
        assertEquals(
                namespace + "-" + Manifests.name(limit) + "@kubernetescrd",
                manifests.only("Ingress").at(used).textValue());
        assertTrue(limit.at("/spec/rateLimit/average").isInt());
        assertTrue(limit.at("/spec/rateLimit/burst").isInt());
    }

    @Test
    void the_pods_have_the_priority_class_of_the_sample() throws IOException {
        Manifests manifests = Manifests.with(directory, "production", "samples/priority-class");

        assertEquals(
                Manifests.name(manifests.only("PriorityClass")),
                manifests.only("Api").at("/spec/priorityClassName").textValue());
    }

    @ParameterizedTest
    @CsvSource({"argocd.yaml, /spec/source/path", "flux.yaml, /spec/path"})
    void a_gitops_tool_applies_an_overlay_and_removes_what_is_not_in_it_any_more(String sample, String path)
            throws IOException {
        String overlay = objects(sample).stream()
                .map(object -> object.at(path).asText())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElseThrow();

        assertTrue(Files.exists(Path.of(overlay, "kustomization.yaml")), overlay);
        assertThat(Files.readString(SAMPLES.resolve(sample)), containsString("prune: true"));
    }

    @Test
    void external_secrets_create_each_secret_that_the_pods_read() throws IOException {
        assertEquals(
                Manifests.secrets(Manifests.of("production").only("Api")),
                objects("external-secrets.yaml").stream()
                        .map(secret -> secret.at("/metadata/name").textValue())
                        .collect(toSet()));
    }

    @Test
    void the_backup_reaches_the_database_as_the_pods_do() throws IOException {
        JsonNode pod = backup();
        Manifests production = Manifests.of("production");
        String url = production.setting("quarkus.datasource.reactive.url");
        JsonNode policy = production.named("NetworkPolicy", "customer-groups").orElseThrow();
        String selected = "/matchLabels/app.kubernetes.io~1name";

        assertEquals(
                Json.texts(policy, "/spec/podSelector" + selected),
                Json.texts(pod, "/metadata/labels/app.kubernetes.io~1name"));
        assertEquals("postgresql://" + value(pod, "PGHOST") + ":5432/" + value(pod, "PGDATABASE"), url);
        assertThat(Manifests.secrets(production.only("Api")), hasItem("customer-groups-migration"));
        assertEquals(Set.of("customer-groups-migration", "customer-groups-database-ca"), Manifests.secrets(pod));
    }

    @Test
    void the_backup_keeps_dumps_of_two_weeks_and_no_unfinished_one() throws IOException {
        // Given a dump that is too old, and one that is not
        aged("2000-01-01T000000.dump", 16);
        aged("2000-01-14T000000.dump", 2);
        String script =
                backup().at("/spec/containers/0/command/2").textValue().replace("/backup", directory.toString());

        // When the backup runs
        Bash.output("""
                pg_dump() { echo dump > "${2#--file=}"; }
                set -eu
                %s
                """.formatted(script));

        // Then the new dump and the recent one are there
        try (var files = Files.list(directory)) {
            List<String> dumps =
                    files.map(file -> file.getFileName().toString()).sorted().toList();
            assertEquals(2, dumps.size(), dumps.toString());
            assertEquals("2000-01-14T000000.dump", dumps.get(0));
            assertTrue(dumps.get(1).matches("20\\d\\d-\\d\\d-\\d\\dT\\d{6}\\.dump"), dumps.toString());
        }
    }

    private static List<JsonNode> objects(String sample) throws IOException {
        return Json.read(Files.readString(SAMPLES.resolve(sample)));
    }

    private void aged(String name, int days) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "dump");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private static JsonNode backup() throws IOException {
        return Manifests.parse(Files.readString(SAMPLES.resolve("backup.yaml"))).only("Pod");
    }

    private static String value(JsonNode pod, String variable) {
        return Json.texts(pod, "/spec/containers/0/env/[name=" + variable + "]/value")
                .get(0);
    }

    @Test
    void the_service_and_the_owner_of_the_database_have_one_secret() throws IOException {
        JsonNode owner = cluster().at("/spec/bootstrap/initdb");

        JsonNode api = Manifests.of("production").only("Api");
        String references = "/spec/containers/0/env/*/valueFrom/secretKeyRef/";

        // CloudNativePG reads the keys of a Secret of the type kubernetes.io/basic-auth.
        assertEquals(List.of("username", "password"), Json.texts(api, references + "key"));
        String secret = owner.at("/secret/name").textValue();
        assertEquals(List.of(secret, secret), Json.texts(api, references + "name"));
        assertThat(
                Files.readString(Path.of("k8s", "README.md")),
                containsString(
                        "create secret generic " + owner.at("/secret/name").textValue() + " --from-literal=username="
                                + owner.at("/owner").textValue() + " "));
    }

    @Test
    void the_command_of_the_docs_connects_the_service_to_the_primary() throws IOException {
        JsonNode sample = cluster();

        String url = "postgresql://%s-rw:5432/%s"
                .formatted(
                        sample.at("/metadata/name").textValue(),
                        sample.at("/spec/bootstrap/initdb/database").textValue());

        assertThat(
                Files.readString(Path.of("docs", "scaling.md")),
                containsString("--from-literal=QUARKUS_DATASOURCE_REACTIVE_URL=" + url + ")"));
    }

    @Test
    void with_the_patch_of_the_docs_pods_read_the_certificate_of_the_operator(@TempDir Path overlay)
            throws IOException {
        String page = Files.readString(Path.of("docs", "scaling.md"));
        int start = page.indexOf("patches:\n");
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                "resources:\n  - %s/overlays/production\n%s"
                        .formatted(
                                overlay.toRealPath().relativize(Path.of("k8s").toRealPath()),
                                page.substring(start, page.indexOf("```", start))));

        JsonNode api = Manifests.parse(Kustomize.build(overlay)).only("Api");

        // The operator names the Secret by the cluster. It has the key of the CA too, which no pod may read.
        String name = cluster().at("/metadata/name").textValue() + "-ca";
        assertTrue(Manifests.secrets(api).contains(name));
        assertFalse(Manifests.secrets(api).contains("customer-groups-database-ca"));
        assertEquals(List.of("ca.crt"), Json.texts(api, "/spec/volumes/[name=postgresql-ca]/secret/items/*/key"));
    }

    @Test
    void no_name_of_the_operator_is_a_name_of_an_overlay() throws IOException {
        String cluster = cluster().at("/metadata/name").textValue();

        for (JsonNode object : Manifests.of("production").all()) {
            assertThat(Manifests.name(object), not(startsWith(cluster)));
        }
    }

    @Test
    void an_answered_change_is_on_two_instances_and_stays_there_in_a_failover() throws IOException {
        JsonNode synchronous = cluster().at("/spec/postgresql/synchronous");

        assertEquals(1, synchronous.path("number").intValue());
        assertEquals("required", synchronous.path("dataDurability").textValue());
        assertEquals(true, synchronous.path("failoverQuorum").booleanValue());
    }

    /** The cluster of CloudNativePG. */
    private static JsonNode cluster() throws IOException {
        return objects("cloudnative-pg.yaml").get(0);
    }

    @ParameterizedTest
    @CsvSource({"tracing, 4317", "pooler, 6432", "import, 443"})
    void a_component_opens_the_port_that_it_needs_for_all_pods(String component, int port) throws IOException {
        Set<Integer> opened = reached(Manifests.with(directory, "production", "components/" + component));

        opened.removeAll(reached(Manifests.of("production")));
        assertEquals(Set.of(port), opened);
    }

    @Test
    void the_tracing_component_switches_traces_on() throws IOException {
        assertEquals(
                "false",
                Manifests.with(directory, "production", "components/tracing").setting("quarkus.otel.sdk.disabled"));
    }

    private static Set<Integer> reached(Manifests manifests) {
        return manifests.all("NetworkPolicy").stream()
                .flatMap(policy -> Json.find(policy, "/spec/egress/*/ports/*/port").stream())
                .map(JsonNode::intValue)
                .collect(toSet());
    }
}
