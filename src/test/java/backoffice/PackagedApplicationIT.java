package backoffice;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code package} leaves: an application without its development tools, that refuses to start misconfigured. */
class PackagedApplicationIT {

    private static final Path APPLICATION = Path.of("target", "quarkus-app");

    @Test
    void it_keeps_no_trace_of_the_embedded_postgresql() throws IOException {
        try (Stream<Path> files = Files.walk(APPLICATION)) {
            List<Path> jars = files.filter(f -> f.toString().endsWith(".jar")).toList();
            assertThat(jars.size(), greaterThan(10));
            for (Path jar : jars) {
                assertThat(jar.toString(), not(containsString("zonky")));
                assertThat(jar.toString(), not(containsString("embedded")));
            }
        }
        try (Stream<Path> jars = Files.list(APPLICATION.resolve("app"));
                JarFile jar = new JarFile(jars.findFirst().orElseThrow().toFile())) {
            assertTrue(jar.stream().anyMatch(e -> e.getName().startsWith("backoffice/group/")));
            assertEquals(
                    List.of(),
                    jar.stream()
                            .map(e -> e.getName())
                            .filter(name -> name.contains("embedded") || name.contains("ConfigSourceFactory"))
                            .toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                    | -             | Set BACKOFFICE_BITKEYS_<VENDOR>=<key> in the environment",
                "BACKOFFICE_BITKEYS_A | sha256:secret | A bitkey of vendor a (backoffice.bitkeys.a) is not sha256: and 64",
                "BACKOFFICE_BITKEYS_A | secret        | The schema could not be brought up to date. Unable to obtain connection"
            })
    void it_refuses_to_start_with_a_sentence_that_says_what_to_mend(String variable, String value, String sentence)
            throws IOException, InterruptedException {
        ProcessBuilder service = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-jar",
                        APPLICATION.resolve("quarkus-run.jar").toString())
                .redirectErrorStream(true);
        service.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", "0",
                        "QUARKUS_MANAGEMENT_PORT", "0",
                        "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:1/postgres",
                        "QUARKUS_DATASOURCE_USERNAME", "postgres",
                        "QUARKUS_DATASOURCE_PASSWORD", "postgres",
                        "QUARKUS_FLYWAY_MIGRATION_CONNECT_RETRIES", "0"));
        if (variable != null) {
            service.environment().put(variable, value);
        }

        Process process = service.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertThat(process.exitValue(), is(1));
        assertThat(output, containsString(sentence));
        assertThat(output, not(containsString("secret")));
    }
}
