package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.docs.Commands;
import backoffice.docs.Shell;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The command of k8s/README.md that deletes settings which no version uses. A stand-in takes the place of kubectl. */
@NeedsKustomize
class SettingsOfOlderVersionsTest {

    private static final String CONFIG_MAPS = "configmap/customer-groups-a\nconfigmap/customer-groups-ab\n";

    @BeforeAll
    static void needsAShell() {
        Bash.require();
    }

    @Test
    void settings_that_no_version_in_the_history_uses_are_deleted() {
        assertEquals(
                List.of("configmap/customer-groups-a"),
                deletedBy("printf 'items:\n- configMapRef:\n    name: customer-groups-ab\n- spec:\n'"));
    }

    @Test
    void nothing_is_deleted_when_the_history_cannot_be_read() {
        assertEquals(List.of(), deletedBy("return 1"));
    }

    @ParameterizedTest
    @MethodSource("backoffice.k8s.Manifests#overlays")
    void the_command_finds_the_settings_by_their_label(String overlay) {
        List<String> found = Manifests.of(overlay).all("ConfigMap").stream()
                .filter(map -> Manifests.matches(map, Map.of("app.kubernetes.io/component", "settings")))
                .map(map -> Manifests.name(map).replaceFirst("-[^-]+$", ""))
                .toList();

        assertEquals(List.of("customer-groups"), found);
    }

    private static List<String> deletedBy(String replicaSets) {
        Shell block = Commands.ofCluster().stream()
                .filter(each -> each.text().contains("component=settings"))
                .findFirst()
                .orElseThrow();
        return Bash.output("""
                kubectl() {
                  case $* in
                    *' get replicasets '*) %s ;;
                    *' get configmaps '*' -o name') printf '%s' ;;
                    *' delete '*) echo "${@: -1}" ;;
                  esac
                }
                %s
                true
                """.formatted(replicaSets, CONFIG_MAPS, block.text()))
                .lines()
                .toList();
    }
}
