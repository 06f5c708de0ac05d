package backoffice.k8s;

import static org.junit.jupiter.api.Assertions.fail;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import java.nio.file.Path;

/** Renders manifests with kustomize or with kubectl. {@link NeedsKustomize} skips tests when neither is installed. */
final class Kustomize {

    private Kustomize() {}

    static String build(Path kustomization) {
        return Bash.output(command() + " " + kustomization);
    }

    private static String command() {
        if (Programs.find("kustomize").isPresent()) {
            return "kustomize build";
        }
        if (Programs.find("kubectl").isPresent()) {
            return "kubectl kustomize";
        }
        return fail("Neither kustomize nor kubectl is on the PATH.");
    }

    /** Whether kustomize or kubectl is installed, or {@code REQUIRE_KUSTOMIZE} is true. */
    static boolean isExpected() {
        return Programs.find("kustomize", "kubectl").isPresent()
                || Boolean.parseBoolean(System.getenv("REQUIRE_KUSTOMIZE"));
    }
}
