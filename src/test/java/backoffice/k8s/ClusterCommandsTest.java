package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Commands;
import backoffice.docs.Shell.Command;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kubectl commands in the docs name objects that the manifests have. src/cluster runs them on a cluster. */
@NeedsKustomize
class ClusterCommandsTest {

    private static final Pattern NAMESPACE = Pattern.compile("(?: -n| namespace) (\\S+)");
    private static final Pattern OVERLAY = Pattern.compile(" -k (\\S+)");

    /** {@code type/name}, {@code verb type name}, or {@code verb type,type name}. */
    private static final Pattern OBJECT = Pattern.compile(
            " (?:patch |delete )?((?!secret|configmap )[a-z][a-z.,]+)[/ ](customer-groups|postgresql)(?= |$)");

    private static final Pattern SECRET = Pattern.compile(" secret (?:generic )?(\\S+)");

    static Stream<Command> commands() {
        return Commands.ofCluster().stream()
                .flatMap(block -> block.commands().stream())
                .filter(command -> command.text().startsWith("kubectl "));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_names_what_the_manifests_have(Command command) throws Exception {
        List<JsonNode> objects = Manifests.overlays().stream()
                .flatMap(overlay -> Manifests.of(overlay).all().stream())
                .toList();
        Set<String> namespaces = new HashSet<>(Set.of("knative-serving"));
        objects.forEach(
                object -> namespaces.add(object.at("/metadata/namespace").asText()));
        assertThat(found(NAMESPACE, command), everyItem(is(in(namespaces))));
        for (String overlay : found(OVERLAY, command)) {
            assertTrue(Files.exists(Path.of(overlay, "kustomization.yaml")), overlay);
        }
        assertThat(
                found(SECRET, command),
                everyItem(is(in(Manifests.secrets(Manifests.of("production").only("Api"))))));
        OBJECT.matcher(command.text())
                .results()
                .filter(name -> !name.group(1).equals("namespace"))
                .forEach(name -> {
                    for (String type : name.group(1).split(",")) {
                        String kind = type.replaceFirst("s?\\..*", "");
                        assertTrue(
                                objects.stream()
                                        .anyMatch(object -> kind.equalsIgnoreCase(
                                                        object.get("kind").asText())
                                                && Manifests.name(object).equals(name.group(2))),
                                type + " " + name.group(2));
                    }
                });
    }

    /** A Deployment without replicas starts with one pod, and a rollout of that one would be reported as complete. */
    @Test
    void the_first_installation_waits_for_all_pods_of_the_autoscaler() {
        int pods = Manifests.of("production")
                .only("HorizontalPodAutoscaler")
                .at("/spec/minReplicas")
                .intValue();

        assertThat(
                commands().map(Command::text).toList(),
                hasItem("kubectl -n customer-groups wait --for=jsonpath='{.spec.replicas}'=" + pods
                        + " deployment/customer-groups --timeout=2m"));
    }

    private static List<String> found(Pattern pattern, Command command) {
        return pattern.matcher(command.text())
                .results()
                .map(found -> found.group(1))
                .toList();
    }
}
