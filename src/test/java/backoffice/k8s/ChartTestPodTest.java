package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Bash;
import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import io.fabric8.kubernetes.api.model.Pod;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.HashMap;
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
        assertEquals(0, run(pod(""), Map.of()));
    }

    @Test
    void with_a_key_the_list_of_groups_is_a_success_and_a_wrong_key_is_not() throws Exception {
        Pod pod = pod("test: {existingSecret: acme}");

        assertEquals(0, run(pod, Map.of("BITKEY", Vendors.ACME)));
        assertEquals(1, run(pod, Map.of("BITKEY", "wrong")));
    }

    @Test
    void a_service_that_does_not_answer_is_a_failure() throws Exception {
        Map<String, String> closed = Map.of("URL", "http://localhost:1/bitanswer/api/customer_groups");

        // Without the attempts, which would take half a minute.
        Pod pod = pod("");
        pod.getSpec().getContainers().get(0).getCommand().replaceAll(line -> line.replace("--retry 5", "--retry 0"));
        assertTrue(run(pod, closed) > 0);
    }

    @Test
    void the_pod_may_connect_to_the_service() throws IOException {
        String selected = new Manifests(StrictParser.parse(HelmChart.render(HelmChart.LIKE_PRODUCTION)))
                .api()
                .labels()
                .get("app.kubernetes.io/name");

        assertFalse(selected.equals(pod("").getMetadata().getLabels().get("app.kubernetes.io/name")));
    }

    private static Pod pod(String values) throws IOException {
        return new Manifests(StrictParser.parse(HelmChart.renderWithHooks(HelmChart.LIKE_PRODUCTION + values)))
                .only(Pod.class);
    }

    private static int run(Pod pod, Map<String, String> variables) throws IOException, InterruptedException {
        var container = pod.getSpec().getContainers().get(0);
        ProcessBuilder command = new ProcessBuilder(container.getCommand()).inheritIO();
        Map<String, String> environment = new HashMap<>();
        container.getEnv().stream()
                .filter(variable -> variable.getValue() != null)
                .forEach(variable -> environment.put(variable.getName(), variable.getValue()));
        assertTrue(environment.get("URL").startsWith("http://customer-groups" + Api.BASE_PATH));
        environment.put(
                "URL", environment.get("URL").replace("customer-groups/", "localhost:" + RestAssured.port + "/"));
        environment.putAll(variables);
        command.environment().putAll(environment);
        return command.start().waitFor();
    }
}
