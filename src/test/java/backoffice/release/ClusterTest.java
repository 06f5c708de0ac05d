package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts do with a cluster, with stand-ins for the programs that need one. */
@Tag("slow")
class ClusterTest {

    private static final String CALLS_BEGIN = "kubectl -n load run load ";
    private static final String CALLS_END = "kubectl -n load exec load -- touch /tmp/stop";
    private static final String WAKE_UP = "kubectl -n load run wake-up ";
    private static final String DELETE_CLUSTER = "kind delete cluster --name customer-groups";
    private static final List<String> STEPS = List.of(
            CALLS_BEGIN,
            CALLS_END,
            WAKE_UP,
            DELETE_CLUSTER,
            "kubectl apply -k k8s/overlays/",
            "kubectl delete -k k8s/overlays/",
            "kubectl -n customer-groups rollout undo ",
            "helm install ",
            "helm upgrade ",
            "helm rollback ",
            "helm uninstall ");

    @TempDir
    Path folder;

    private Scripts scripts;

    @BeforeAll
    static void needsAShell() {
        Bash.require("awk", "openssl");
    }

    @BeforeEach
    void programs() throws IOException {
        scripts = Scripts.ofCluster(folder);
        for (String program : List.of("../mvnw", "docker", "kind", "kustomize", "sleep")) {
            scripts.standIn(program, "");
        }
        scripts.standIn("helm", """
                case $1 in
                  install | rollback) echo 1.0.0 >'%1$s' ;;
                  upgrade) echo 1.1.0 >'%1$s' ;;
                esac""".formatted(installed()));
        kubectl("");
    }

    @Test
    void both_installations_are_upgraded_and_rolled_back_while_clients_call() throws Exception {
        scripts.run("run");

        assertEquals(
                List.of(
                        "kubectl apply -k k8s/overlays/",
                        CALLS_BEGIN,
                        "kubectl apply -k k8s/overlays/",
                        "kubectl -n customer-groups rollout undo ",
                        CALLS_END,
                        "kubectl delete -k k8s/overlays/",
                        "helm install ",
                        CALLS_BEGIN,
                        "helm upgrade ",
                        "helm rollback ",
                        CALLS_END,
                        "helm uninstall ",
                        "kubectl apply -k k8s/overlays/",
                        CALLS_BEGIN,
                        CALLS_END,
                        WAKE_UP,
                        "kubectl delete -k k8s/overlays/",
                        DELETE_CLUSTER),
                scripts.calledPrograms().stream()
                        .map(ClusterTest::step)
                        .flatMap(Optional::stream)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "*Succeeded*) exit 1 ;; # a call had another answer than 200",
                "*'range .items'*) echo registry.example.com/customer-groups:1.0.0 ;; # a pod is missing",
                "*restartCount*) echo '0 1' ;; # a container has restarted",
                "*' -o name '*) echo deployment.apps/customer-groups ;; # an uninstallation leaves a Deployment",
                "*wake-up*) exit 22 ;; # no pod starts for a call"
            })
    void a_fault_ends_the_run_and_leaves_the_cluster_and_its_logs(String fault) throws Exception {
        kubectl(fault);

        Scripts.End end = scripts.end("run");

        assertThat(end.output(), end.exitCode(), not(0));
        assertThat(scripts.calledPrograms(), hasItem(startsWith("kind export logs ")));
        assertThat(scripts.calledPrograms(), not(hasItem(DELETE_CLUSTER)));
    }

    @Test
    void the_nodes_have_a_pinned_image() throws Exception {
        scripts.run("create");

        assertThat(
                scripts.calledPrograms(),
                hasItem(matchesPattern("kind create cluster .* --image kindest/node:v[0-9.]+@sha256:[0-9a-f]{64} .*")));
    }

    /** Answers as a cluster does in which all is well, but for a fault. */
    private void kubectl(String fault) throws IOException {
        scripts.standIn("kubectl", """
                case $* in
                  %2$s
                  'apply -k '*) [ "${PWD##*/}" = before ]; echo 1.$?.0 >'%1$s' ;;
                  *'rollout undo '*) echo 1.0.0 >'%1$s' ;;
                  *'range .items'*) for pod in 1 2 3; do echo "registry.example.com/customer-groups:$(<'%1$s')"; done ;;
                  *restartCount*) echo '0 0' ;;
                  *status.url*) echo http://groups.example.com ;;
                  *'exec -i '*) cat ;;
                esac""".formatted(installed(), fault));
    }

    /** Has the version that is installed. */
    private Path installed() {
        return folder.resolve("installed");
    }

    private static Optional<String> step(String call) {
        return STEPS.stream().filter(call::startsWith).findFirst();
    }
}
