package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A process that has no memory ends, so that it is started again. Otherwise it would go on without an event loop. */
class OutOfMemoryTest {

    @Test
    void each_jvm_of_the_image_ends_without_memory_and_no_manifest_starts_one_of_its_own() {
        List<String> starts = RepositoryFiles.text(Path.of("src/main/docker/Dockerfile.jvm"))
                .lines()
                .filter(line -> line.startsWith("ENTRYPOINT") || line.contains("exec java"))
                .toList();

        assertThat(starts, is(not(empty())));
        assertThat(starts, everyItem(containsString("-XX:+ExitOnOutOfMemoryError")));
        RepositoryFiles.below("k8s")
                .filter(file -> file.toString().endsWith(".yaml"))
                .forEach(file -> assertThat(RepositoryFiles.text(file), not(containsString("quarkus-run.jar"))));
    }

    @Test
    void the_native_executable_ends_without_memory() {
        assertThat(
                RepositoryFiles.text(Path.of("src/main/resources/application.properties")),
                containsString(",-R:+ExitOnOutOfMemoryError,"));
    }
}
