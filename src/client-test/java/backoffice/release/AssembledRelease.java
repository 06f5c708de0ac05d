package backoffice.release;

import backoffice.docs.Bash;
import java.nio.file.Path;

/** What src/release/files collects for a release. The first test that needs it runs the script. */
public final class AssembledRelease {

    static final Path RELEASE = Path.of("target", "release");
    static final Path FILES = RELEASE.resolve("files");

    /** A system property, because the test class loaders of Quarkus do not share static fields. */
    private static final String VERSION = "backoffice.test.assembled";

    private AssembledRelease() {}

    /** The version of the release, which exists from then on. */
    static synchronized String version() {
        if (System.getProperty(VERSION) == null) {
            Bash.require("npm", "jq");
            Bash.output("src/release/files");
            System.setProperty(
                    VERSION,
                    Bash.output("sed -n 's|^  <version>\\(.*\\)</version>$|\\1|p' pom.xml")
                            .strip());
        }
        return System.getProperty(VERSION);
    }

    /** A file of the release, in whose name {@code %s} stands for the version. */
    public static Path file(String name) {
        return FILES.resolve(name.formatted(version()));
    }
}
