package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The samples for a platform team fit the manifests of the service. {@link ObjectsTest} has their values. */
class SamplesTest {

    /** The name of the cluster of CloudNativePG, with which the operator begins the names of its objects. */
    private static final String CLUSTER =
            Manifests.name(Manifests.of("samples/cloudnative-pg.yaml").only("Cluster"));

    @Test
    void external_secrets_create_each_secret_that_the_pods_read() {
        assertEquals(
                Manifests.secrets(Manifests.of("production").only("Api")),
                Manifests.of("samples/external-secrets.yaml").all().stream()
                        .map(Manifests::name)
                        .collect(toSet()));
    }

    @Test
    void the_commands_of_the_docs_connect_the_service_to_the_primary_as_the_owner_of_its_database() {
        assertThat(
                RepositoryFiles.text(Path.of("docs", "scaling.md")),
                containsString(
                        "=QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://" + CLUSTER + "-rw:5432/customer_groups)"));
        assertThat(
                RepositoryFiles.text(Path.of("k8s", "README.md")),
                containsString(
                        "create secret generic customer-groups-database --from-literal=username=customer_groups "));
    }

    @Test
    void with_the_patch_of_the_docs_pods_read_the_certificate_of_the_operator() {
        String page = RepositoryFiles.text(Path.of("docs", "scaling.md"));
        int start = page.indexOf("patches:\n");

        String manifests = Manifests.production(page.substring(start, page.indexOf("```", start)));

        // The Secret has the key of the CA too, which no pod may read.
        JsonNode api = Manifests.parse(manifests).only("Api");
        Set<String> secrets = Manifests.secrets(api);
        assertThat(secrets, hasItem(CLUSTER + "-ca"));
        assertThat(secrets, not(hasItem("customer-groups-database-ca")));
        assertEquals(List.of("ca.crt"), Json.texts(api, "/spec/volumes/[name=postgresql-ca]/secret/items/*/key"));
    }

    @Test
    void no_name_of_the_operator_is_a_name_of_an_overlay() {
        for (JsonNode object : Manifests.of("production").all()) {
            assertThat(Manifests.name(object), not(startsWith(CLUSTER)));
        }
    }
}
