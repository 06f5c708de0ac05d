package backoffice.k8s;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.docs.Bash;
import backoffice.docs.Commands;
import backoffice.docs.Invocation;
import backoffice.docs.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kubectl commands in the docs name resources that exist in the manifests. A shell runs the commands with stubs in
 * place of kubectl and similar programs. No cluster is needed.
 */
@NeedsKustomize
class ClusterCommandsTest {

    private static final Set<String> VERBS =
            Set.of("annotate apply create delete describe diff exec get label logs patch port-forward rollout wait"
                    .split(" "));

    private static final int PROGRAM_VERB_TYPE_NAME = 4;

    @BeforeAll
    static void needsAShell() {
        Bash.require();
    }

    @TestFactory
    Stream<DynamicTest> each_kubectl_command_of_the_docs_names_resources_of_the_manifests() {
        return Commands.ofCluster().stream()
                .map(block -> dynamicTest(
                        block.place() + ": " + block.commands().get(0).text(),
                        () -> Invocation.of(block, "kubectl", "kustomize", "kind", "docker", "helm")
                                .forEach(command -> {
                                    switch (command.words().get(0)) {
                                        case "kubectl" -> check(command);
                                        case "helm" -> checkHelm(command);
                                        default -> {}
                                    }
                                })));
    }

    /** The chart renders with the file of values that a command names. */
    private static void checkHelm(Invocation command) {
        List<String> operands = command.operands();
        assertThat(operands.get(1), is(in(Set.of("history", "install", "rollback", "test", "uninstall", "upgrade"))));
        command.option("-n").ifPresent(namespace -> assertThat(namespace, is(in(namespaces()))));
        command.option("-f").map(Path::of).ifPresent(values -> {
            assertThat(Path.of(operands.get(3)), is(HelmChart.CHART));
            assertDoesNotThrow(() -> HelmChart.render(read(values)));
        });
    }

    /** A Deployment without replicas starts with one pod, and a rollout of that one would be reported as complete. */
    @Test
    void the_first_installation_waits_for_all_pods_of_the_autoscaler() {
        Manifests production = Manifests.of("production");
        int pods = production
                .only("HorizontalPodAutoscaler")
                .at("/spec/minReplicas")
                .intValue();

        Shell installation = Commands.ofCluster().stream()
                .filter(block -> block.text().contains(" wait --for=jsonpath='{.spec.replicas}'=" + pods + " "))
                .findFirst()
                .orElseThrow();

        List<String> verbs = Invocation.of(installation, "kubectl").stream()
                .map(command -> command.operands().get(1))
                .toList();
        assertEquals(List.of("apply", "wait", "rollout"), verbs);
    }

    private static void check(Invocation command) {
        command.option("-k")
                .map(Path::of)
                .ifPresent(overlay -> assertThat(
                        overlay,
                        is(in(Manifests.overlays().stream()
                                .map(Path.of("k8s", "overlays")::resolve)
                                .toList()))));
        command.option("-p").ifPresent(patch -> assertDoesNotThrow(() -> new ObjectMapper().readTree(patch)));
        if (command.option("-n").equals(Optional.of("knative-serving"))) {
            return; // an object of Knative, which no manifest has
        }
        command.option("-n").ifPresent(namespace -> assertThat(namespace, is(in(namespaces()))));
        command.option("-c").ifPresent(container -> assertThat(container, is(in(containers()))));
        command.option("--").ifPresent(program -> assertInImage(command, program));
        List<String> operands = command.operands().stream()
                .filter(operand -> !operand.contains("="))
                .toList();
        assertThat(operands.get(1), is(in(VERBS)));
        String name = operands.get(operands.size() - 1);
        Optional<String> typeAndName =
                operands.stream().filter(o -> o.contains("/")).findFirst();
        if (typeAndName.isPresent()) {
            String[] parts = typeAndName.get().split("/");
            assertInManifests(command, parts[0], parts[1]);
        } else if (operands.contains("namespace")) {
            assertThat(name, is(in(namespaces())));
        } else if (operands.contains("secret")) {
            assertThat(name, is(in(Manifests.secrets(Manifests.of("production").only("Api")))));
        } else if (operands.size() == PROGRAM_VERB_TYPE_NAME) {
            Stream.of(operands.get(2).split(",")).forEach(type -> assertInManifests(command, type, name));
        }
    }

    /** A type is a kind in lower case, or its plural with the API group. */
    private static void assertInManifests(Invocation command, String type, String name) {
        String namespace = command.option("-n").orElseThrow();
        boolean found = all().anyMatch(object -> type.matches(
                        "(?i)" + object.get("kind").asText() + "(s\\..*)?")
                && Manifests.name(object).equals(name)
                && namespace.equals(object.at("/metadata/namespace").asText())
                && (!type.contains(".")
                        || object.get("apiVersion").asText().startsWith(type.replaceFirst("^[^.]*\\.", "") + "/")));
        assertTrue(found, command + " names " + type + " " + name);
    }

    /** A program that runs in a pod of the service is in each image, whether it has a native executable or a JVM. */
    private static void assertInImage(Invocation command, String program) {
        if (command.operands().contains("statefulset/postgresql")) {
            assertEquals("psql", program);
        } else {
            assertEquals("/work/application", program);
            assertThat(dockerfile("native"), containsString("-runner " + program + "\n"));
            assertThat(dockerfile("native-build"), containsString("-runner " + program + "\n"));
            assertThat(dockerfile("jvm"), allOf(containsString("WORKDIR /work\n"), containsString("> application;")));
        }
    }

    private static String dockerfile(String image) {
        return read(Path.of("src", "main", "docker", "Dockerfile." + image));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> containers() {
        return Set.copyOf(Json.texts(Manifests.of("production").only("Api"), Manifests.CONTAINERS + "/name"));
    }

    private static Set<String> namespaces() {
        return all().map(object -> object.at("/metadata/namespace").asText()).collect(toSet());
    }

    private static Stream<JsonNode> all() {
        return Manifests.overlays().stream().flatMap(overlay -> Manifests.of(overlay).all().stream());
    }
}
