package backoffice.k8s;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** kustomize, by itself or inside kubectl. {@link NeedsKustomize} skips tests where there is none. */
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
        if (isOnPath("kustomize")) {
            return List.of("kustomize", "build");
        }
        if (isOnPath("kubectl")) {
            return List.of("kubectl", "kustomize");
        }
        return fail("Neither kustomize nor kubectl is on the PATH.");
    }

    /** Whether the machine has one, or has to. */
    static boolean isExpected() {
        return isOnPath("kustomize") || isOnPath("kubectl") || Boolean.parseBoolean(System.getenv("REQUIRE_KUSTOMIZE"));
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
