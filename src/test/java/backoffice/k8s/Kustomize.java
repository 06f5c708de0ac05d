package backoffice.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import backoffice.testsupport.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Renders manifests with kustomize or with kubectl. {@link NeedsKustomize} skips tests when neither is installed. */
final class Kustomize {

    private Kustomize() {}

    static String build(Path kustomization) {
        List<String> command = new ArrayList<>(command());
        command.add(kustomization.toString());
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String manifests = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertEquals(0, process.waitFor(), () -> String.join(" ", command) + " failed, as it says above");
            return manifests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command() {
        if (Programs.find("kustomize").isPresent()) {
            return List.of("kustomize", "build");
        }
        if (Programs.find("kubectl").isPresent()) {
            return List.of("kubectl", "kustomize");
        }
        return fail("Neither kustomize nor kubectl is on the PATH.");
    }

    /** Whether kustomize or kubectl is installed, or {@code REQUIRE_KUSTOMIZE} is true. */
    static boolean isExpected() {
        return Programs.find("kustomize", "kubectl").isPresent()
                || Boolean.parseBoolean(System.getenv("REQUIRE_KUSTOMIZE"));
    }
}
