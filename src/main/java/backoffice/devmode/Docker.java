package backoffice.devmode;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Docker, as Dev Services of Quarkus use it. */
final class Docker {

    /** The answer is in a system property, because dev mode has several class loaders, and new ones after reloads. */
    private static final String ANSWERS = "backoffice.docker.answers";

    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private Docker() {}

    /**
     * Whether the server of Docker answers. This JVM asks it once, so that the database of dev mode stays the same. On
     * a machine without Docker, the answer takes no time.
     */
    static boolean answers() {
        synchronized (System.class) {
            if (System.getProperty(ANSWERS) == null) {
                System.setProperty(ANSWERS, String.valueOf(succeeds(MAX_WAIT, "docker", "version")));
            }
            return Boolean.getBoolean(ANSWERS);
        }
    }

    /** Whether a program exists and ends without a failure in time. */
    static boolean succeeds(Duration maxWait, String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                return process.waitFor(maxWait.toMillis(), TimeUnit.MILLISECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
