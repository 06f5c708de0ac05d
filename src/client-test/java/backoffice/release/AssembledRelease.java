package backoffice.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import java.io.IOException;
import java.nio.file.Path;

/** What the dry run of a release leaves. The first test that needs it assembles it from the build. */
public final class AssembledRelease {

    static final Path RELEASE = Path.of("target", "release");
    static final Path FILES = RELEASE.resolve("files");

    /** A system property, because the test class loaders of Quarkus do not share static fields. */
    private static final String VERSION = "backoffice.test.assembled";

    private AssembledRelease() {}

    /** The version of the release, which exists from then on. */
    static synchronized String version() throws IOException, InterruptedException {
        if (System.getProperty(VERSION) == null) {
            Bash.require("npm", "tar");
            run("src/release/assemble");
            System.setProperty(VERSION, run("src/release/version").strip());
        }
        return System.getProperty(VERSION);
    }

    /** A file of the release, in whose name {@code %s} stands for the version. */
    public static Path file(String name) throws IOException, InterruptedException {
        return FILES.resolve(name.formatted(version()));
    }

    /** What a script prints. It must succeed. */
    static String run(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-ec", script)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
