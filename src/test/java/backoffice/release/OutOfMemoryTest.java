package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A process that has no memory ends, so that it is started again. Otherwise it would go on without an event loop. */
class OutOfMemoryTest {

    private static final String OPTION = "-XX:+ExitOnOutOfMemoryError";

    @Test
    void each_jvm_of_the_image_ends_without_memory() throws IOException {
        List<String> starts = Files.readAllLines(Path.of("src", "main", "docker", "Dockerfile.jvm")).stream()
                .filter(line -> line.startsWith("ENTRYPOINT") || line.contains("exec java"))
                .toList();

        assertThat(starts, is(not(empty())));
        assertThat(starts, everyItem(containsString(OPTION)));
    }

    @Test
    void the_native_executable_ends_without_memory() throws IOException {
        Properties settings = new Properties();
        try (var in = Files.newInputStream(Path.of("src", "main", "resources", "application.properties"))) {
            settings.load(in);
        }

        assertThat(
                List.of(settings.getProperty("quarkus.native.additional-build-args")
                        .split(",")),
                hasItem(OPTION.replace("-XX:", "-R:")));
    }

    @Test
    void no_manifest_starts_a_jvm_of_its_own() throws IOException {
        try (Stream<Path> manifests = Files.walk(Path.of("k8s"))) {
            for (Path manifest :
                    manifests.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                assertThat(Files.readString(manifest), not(containsString("quarkus-run.jar")));
            }
        }
    }
}
