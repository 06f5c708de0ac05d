package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Bash;
import backoffice.docs.Commands;
import backoffice.docs.Page;
import backoffice.docs.Shell;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The kubectl commands in the docs name objects that the manifests have. src/cluster runs them on a cluster. */
class ClusterCommandsTest {

    private static final Pattern NAMESPACE = Pattern.compile("(?: -n| namespace) (\\S+)");
    private static final Pattern OVERLAY = Pattern.compile(" -k (\\S+)");

    /** {@code type/name}, {@code verb type name}, or {@code verb type,type name}. */
    private static final Pattern OBJECT = Pattern.compile(
            " (?:patch |delete )?((?!secret|configmap |namespace )[a-z][a-z.,]+)[/ ](customer-groups|postgresql)(?="
                    + " |$)");

    static List<String> commands() {
        return Commands.ofCluster().stream()
                .flatMap(block -> block.commands().stream())
                .map(Shell.Command::text)
                .filter(command -> command.startsWith("kubectl "))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void a_command_names_what_the_manifests_have(String command) {
        Set<String> namespaces = new HashSet<>(Set.of("knative-serving"));
        Set<String> objects = new HashSet<>();
        for (String overlay : Manifests.overlays()) {
            for (JsonNode object : Manifests.of(overlay).all()) {
                namespaces.add(object.at("/metadata/namespace").asText());
                objects.add(object.get("kind").asText().toLowerCase(Locale.ROOT) + " " + Manifests.name(object));
            }
        }

        assertThat(found(NAMESPACE, command).toList(), everyItem(is(in(namespaces))));
        found(OVERLAY, command)
                .forEach(overlay -> assertTrue(Files.exists(Path.of(overlay, "kustomization.yaml")), overlay));
        OBJECT.matcher(command)
                .results()
                .forEach(name -> Stream.of(name.group(1).split(","))
                        .map(type -> type.replaceFirst("s?\\..*", "") + " " + name.group(2))
                        .forEach(object -> assertThat(object, is(in(objects)))));
    }

    private static Stream<String> found(Pattern pattern, String command) {
        return pattern.matcher(command).results().map(found -> found.group(1));
    }

    /** A stand-in takes the place of kubectl. */
    @Test
    void settings_are_deleted_that_no_version_in_the_history_uses_and_none_when_the_history_cannot_be_read() {
        Bash.require();
        String used = "printf 'items:\n- configMapRef:\n    name: customer-groups-ab\n- spec:\n'";

        assertEquals("configmap/customer-groups-a\n", settingsDeleted(used));
        assertEquals("", settingsDeleted("return 1"));
        for (String overlay : Manifests.overlays()) {
            List<String> found = Manifests.of(overlay).all("ConfigMap").stream()
                    .filter(map -> Manifests.component(map).equals("settings"))
                    .map(map -> Manifests.name(map).replaceFirst("-[^-]+$", ""))
                    .toList();
            assertEquals(List.of("customer-groups"), found);
        }
    }

    /** A Deployment without replicas starts with one pod, and a rollout of that one would be reported as complete. */
    @Test
    void the_first_installation_waits_for_all_pods_of_the_autoscaler() {
        JsonNode autoscaler = Manifests.of("production").only("HorizontalPodAutoscaler");

        assertThat(
                commands(),
                hasItem("kubectl -n customer-groups wait --for=jsonpath='{.spec.replicas}'="
                        + autoscaler.at("/spec/minReplicas") + " deployment/customer-groups --timeout=2m"));
    }

    private static String settingsDeleted(String replicaSets) {
        Shell block = Page.of("k8s/README.md").block("sh", "component=settings");
        return Bash.output("""
            kubectl() {
              case $* in
                *' get replicasets '*) %s ;;
                *' get configmaps '*' -o name') printf 'configmap/customer-groups-a\nconfigmap/customer-groups-ab\n' ;;
                *' delete '*) echo "${@: -1}" ;;
              esac
            }
            %s
            true
            """.formatted(replicaSets, block.text()));
    }
}
