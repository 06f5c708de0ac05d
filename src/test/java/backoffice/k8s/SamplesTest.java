package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** The samples for a platform team fit the manifests of the service. */
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
}
