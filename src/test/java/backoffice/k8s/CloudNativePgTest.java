package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample of a CloudNativePG cluster fits the manifests of the service. */
class CloudNativePgTest {

    private static final Path SAMPLE = Path.of("k8s", "samples", "cloudnative-pg.yaml");

    @Test
    @NeedsKustomize
    void the_service_and_the_owner_of_the_database_have_one_secret() throws IOException {
        JsonNode owner = sample().at("/spec/bootstrap/initdb");

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
        JsonNode sample = sample();

        String url = "postgresql://%s-rw:5432/%s"
                .formatted(
                        sample.at("/metadata/name").textValue(),
                        sample.at("/spec/bootstrap/initdb/database").textValue());

        assertThat(
                Files.readString(Path.of("docs", "scaling.md")),
                containsString("--from-literal=QUARKUS_DATASOURCE_REACTIVE_URL=" + url + ")"));
    }

    @Test
    @NeedsKustomize
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
        String name = sample().at("/metadata/name").textValue() + "-ca";
        assertTrue(Manifests.secrets(api).contains(name));
        assertFalse(Manifests.secrets(api).contains("customer-groups-database-ca"));
        assertEquals(List.of("ca.crt"), Json.texts(api, "/spec/volumes/[name=postgresql-ca]/secret/items/*/key"));
    }

    @Test
    @NeedsKustomize
    void no_name_of_the_operator_is_a_name_of_an_overlay() throws IOException {
        String cluster = sample().at("/metadata/name").textValue();

        for (JsonNode object : Manifests.of("production").all()) {
            assertThat(Manifests.name(object), not(startsWith(cluster)));
        }
    }

    @Test
    void an_answered_change_is_on_two_instances_and_stays_there_in_a_failover() throws IOException {
        JsonNode synchronous = sample().at("/spec/postgresql/synchronous");

        assertEquals(1, synchronous.path("number").intValue());
        assertEquals("required", synchronous.path("dataDurability").textValue());
        assertEquals(true, synchronous.path("failoverQuorum").booleanValue());
    }

    private static JsonNode sample() throws IOException {
        return new YAMLMapper().readTree(SAMPLE.toFile());
    }
}
