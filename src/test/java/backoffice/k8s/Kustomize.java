package backoffice.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * kustomize, by itself or inside kubectl. On a machine that has neither, tests of manifests are skipped, unless the
 * variable {@code REQUIRE_KUSTOMIZE} is true, as in CI: then they fail.
 */
final class Kustomize {

    private static final String MISSING =
            "Neither kustomize nor kubectl is on the PATH, so the manifests under k8s/ cannot be checked.";

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
        if (isOnPath("kustomize")) {
            return List.of("kustomize", "build");
        }
        if (isOnPath("kubectl")) {
            return List.of("kubectl", "kustomize");
        }
        return Boolean.parseBoolean(System.getenv("REQUIRE_KUSTOMIZE")) ? fail(MISSING) : abort(MISSING);
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
