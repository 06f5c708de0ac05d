package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Bash;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
        "gateway-api, /spec/rules/0/backendRefs/0/name, gateway",
        "hosted-server, /spec/rules/0/backendRefs/0/name, gateway"
    })
    void public_access_leads_to_the_service_and_forwards_the_address_of_the_client(
            String sample, String backend, String namespace) throws IOException {
        Manifests manifests = Manifests.with(directory, "production", "samples/" + sample);
        HasMetadata route = manifests.all().stream()
                .filter(manifest -> Set.of("Ingress", "HTTPRoute").contains(manifest.getKind()))
                .findFirst()
                .orElseThrow();

        String service = new ObjectMapper().valueToTree(route).at(backend).textValue();

        assertTrue(manifests.named(Service.class, service).isPresent(), service);
        assertEquals("true", Settings.of(manifests).get("quarkus.http.proxy.proxy-address-forwarding"));
        // Who may set the address of a client is only the proxy, so no one else may connect.
        assertEquals(
                Set.of(namespace),
                manifests.named(NetworkPolicy.class, "customer-groups").orElseThrow().getSpec().getIngress().stream()
                        .flatMap(rule -> rule.getFrom().stream())
                        .map(peer ->
                                peer.getNamespaceSelector().getMatchLabels().get("kubernetes.io/metadata.name"))
                        .collect(toSet()));
    }

    @Test
    void the_pods_have_the_priority_class_of_the_sample() throws IOException {
        Manifests manifests = Manifests.with(directory, "production", "samples/priority-class");

        assertEquals(
                manifests.only(PriorityClass.class).getMetadata().getName(),
                manifests.api().spec().getPriorityClassName());
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
                Manifests.of("production").api().secrets(),
                objects("external-secrets.yaml").stream()
                        .map(secret -> secret.at("/metadata/name").textValue())
                        .collect(toSet()));
    }

    @Test
    void the_backup_reaches_the_database_as_the_pods_do() throws IOException {
        var pod = backup();
        Manifests production = Manifests.of("production");
        String url = Settings.of(production).get("quarkus.datasource.reactive.url");
        var policy = production.named(NetworkPolicy.class, "customer-groups").orElseThrow();

        assertTrue(pod.matches(policy.getSpec().getPodSelector().getMatchLabels()));
        assertEquals("postgresql://" + value(pod, "PGHOST") + ":5432/" + value(pod, "PGDATABASE"), url);
        assertThat(production.api().secrets(), hasItem("customer-groups-migration"));
        assertEquals(Set.of("customer-groups-migration", "customer-groups-database-ca"), pod.secrets());
    }

    @Test
    void the_backup_keeps_dumps_of_two_weeks_and_no_unfinished_one() throws IOException {
        // Given a dump that is too old, and one that is not
        aged("2000-01-01T000000.dump", 16);
        aged("2000-01-14T000000.dump", 2);
        String script = backup().container().getCommand().get(2).replace("/backup", directory.toString());

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
        return new ObjectMapper(new YAMLFactory())
                .readerFor(JsonNode.class)
                .<JsonNode>readValues(SAMPLES.resolve(sample).toFile())
                .readAll();
    }

    private void aged(String name, int days) throws IOException {
        Path file = Files.writeString(directory.resolve(name), "dump");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private static PodTemplate backup() throws IOException {
        var template = StrictParser.parse(Files.readString(SAMPLES.resolve("backup.yaml"))).stream()
                .filter(CronJob.class::isInstance)
                .map(CronJob.class::cast)
                .map(job -> job.getSpec().getJobTemplate().getSpec().getTemplate())
                .findFirst()
                .orElseThrow();
        return new PodTemplate(null, template.getMetadata().getLabels(), template.getSpec());
    }

    private static String value(PodTemplate pod, String variable) {
        return pod.container().getEnv().stream()
                .filter(each -> each.getName().equals(variable))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
