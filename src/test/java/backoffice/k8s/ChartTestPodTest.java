package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Bash;
import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The pod of {@code helm test}, with its command run on this machine, calls the running service. */
@QuarkusTest
class ChartTestPodTest {

    @BeforeAll
    static void needsCurl() {
        Bash.require("curl");
    }

    @Test
    void without_a_key_the_refusal_of_the_api_is_a_success() throws Exception {
        assertEquals(0, run(pod(""), "--retry 5", Map.of()));
    }

    @Test
    void with_a_key_the_list_of_groups_is_a_success_and_a_wrong_key_is_not() throws Exception {
        JsonNode pod = pod("test: {existingSecret: acme}");

        assertEquals(0, run(pod, "--retry 5", Map.of("BITKEY", Vendors.ACME)));
        assertEquals(1, run(pod, "--retry 5", Map.of("BITKEY", "wrong")));
    }

    @Test
    void a_service_that_does_not_answer_is_a_failure() throws Exception {
        Map<String, String> closed = Map.of("URL", "http://localhost:1/bitanswer/api/customer_groups");

        // Without the attempts, which would take half a minute.
        assertTrue(run(pod(""), "--retry 0", closed) > 0);
    }

    @Test
    void the_pod_may_connect_to_the_service() throws IOException {
        String selected = "/metadata/labels/app.kubernetes.io~1name";

        assertNotEquals(
                manifests("").only("Api").at(selected).textValue(),
                pod("").at(selected).textValue());
    }

    private static JsonNode pod(String values) throws IOException {
        return manifests(values).all("*").stream()
                .filter(object -> object.get("kind").asText().equals("Pod"))
                .findFirst()
                .orElseThrow();
    }

    private static Manifests manifests(String values) throws IOException {
        return Manifests.parse(HelmChart.renderWithHooks(HelmChart.LIKE_PRODUCTION, values));
    }

    private static int run(JsonNode pod, String retries, Map<String, String> variables)
            throws IOException, InterruptedException {
        List<String> line = Json.texts(pod, "/spec/containers/0/command/*").stream()
                .map(argument -> argument.replace("--retry 5", retries))
                .toList();
        String url = Json.texts(pod, "/spec/containers/0/env/[name=URL]/value").get(0);
        assertTrue(url.startsWith("http://customer-groups" + Api.BASE_PATH));
        ProcessBuilder command = new ProcessBuilder(line).inheritIO();
        for (JsonNode variable : Json.find(pod, "/spec/containers/0/env/*")) {
            command.environment()
                    .put(variable.get("name").asText(), variable.path("value").asText());
        }
        command.environment().put("URL", url.replace("customer-groups/", "localhost:" + RestAssured.port + "/"));
        command.environment().putAll(variables);
        return command.start().waitFor();
    }
}
