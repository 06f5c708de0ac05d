package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The chart lets External Secrets create the Secrets, in time for the migration. */
class ChartSecretsTest {

    private static final String VALUES = HelmChart.LIKE_PRODUCTION + """
            externalSecrets:
              enabled: true
              store: {name: platform}
              remoteKeys: {database: a, migration: b, ca: c, bitkeys: d}
            """;

    @Test
    void each_secret_that_a_pod_reads_is_created() throws IOException {
        Set<String> read = Set.of(
                "customer-groups-database",
                "customer-groups-migration",
                "customer-groups-database-ca",
                "customer-groups-bitkeys");

        assertEquals(
                read,
                objects(VALUES, "ExternalSecret").stream()
                        .map(secret -> secret.at("/spec/target/name").textValue())
                        .collect(toSet()));
    }

    @Test
    void a_secret_that_exists_is_left_alone() throws IOException {
        List<JsonNode> created = objects(VALUES.replace(", bitkeys: d", ""), "ExternalSecret");

        assertEquals(3, created.size());
        assertEquals(List.of(), objects(HelmChart.LIKE_PRODUCTION, "ExternalSecret"));
    }

    @Test
    void secrets_are_created_before_the_migration_and_outlive_each_upgrade() throws IOException {
        for (JsonNode secret : objects(VALUES, "ExternalSecret")) {
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
        assertTrue(optional(HelmChart.LIKE_PRODUCTION).stream().allMatch(JsonNode::booleanValue));
        assertTrue(optional(VALUES).stream().noneMatch(JsonNode::booleanValue));
    }

    private static List<JsonNode> optional(String values) throws IOException {
        JsonNode env = objects(values, "Job").get(0).at("/spec/template/spec/containers/0/env");
        List<JsonNode> optional = StreamSupport.stream(env.spliterator(), false)
                .map(variable -> variable.at("/valueFrom/secretKeyRef/optional"))
                .filter(JsonNode::isBoolean)
                .toList();
        assertEquals(2, optional.size());
        return optional;
    }

    private static List<JsonNode> objects(String values, String kind) throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readerFor(JsonNode.class).<JsonNode>readValues(HelmChart.renderWithHooks(values)).readAll().stream()
                        .filter(object -> object.path("kind").asText().equals(kind))
                        .toList();
    }
}
