package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows may only read by default, and those of a release and a cluster run scripts that also run elsewhere. */
class WorkflowsTest {

    private static final Path FOLDER = Path.of(".github", "workflows");
    private static final Path RELEASE = FOLDER.resolve("release.yml");

    @Test
    void a_workflow_may_only_read_unless_a_job_says_otherwise() throws IOException {
        for (Path file : files()) {
            assertEquals(
                    "{\"contents\":\"read\"}", yaml(file).get("permissions").toString(), file.toString());
        }
    }

    @Test
    void a_job_that_may_write_does_not_leave_its_token_in_the_working_tree() throws IOException {
        int jobs = 0;
        for (Path file : files()) {
            for (JsonNode job : yaml(file).get("jobs")) {
                if (job.path("permissions").toString().contains("write")) {
                    for (JsonNode step : job.get("steps")) {
                        boolean checkout = step.path("uses").asText().startsWith("actions/checkout@");
                        JsonNode persists = step.at("/with/persist-credentials");
                        assertTrue(!checkout || persists.isBoolean() && !persists.asBoolean(), file + ": " + step);
                    }
                    jobs++;
                }
            }
        }
        assertEquals(3, jobs);
    }

    @ParameterizedTest
    @CsvSource({"release.yml, src/release", "kubernetes.yml, src/cluster"})
    void each_command_of_the_workflow_is_one_script_of_the_repository(String workflow, String folder)
            throws IOException {
        List<String> commands = yaml(FOLDER.resolve(workflow)).findValuesAsText("run");

        assertFalse(commands.isEmpty());
        assertThat(commands, everyItem(matchesPattern(folder + "/[a-z-]+( \"\\$[A-Z]+[^\"$]*\")*")));
        commands.forEach(command -> assertTrue(Files.isExecutable(Path.of(command.split(" ")[0])), command));
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/release", "src/cluster"})
    void each_script_can_be_run(Path folder) throws IOException {
        for (Path script : Scripts.of(folder)) {
            assertTrue(Files.isExecutable(script), script.toString());
            assertEquals("#!/usr/bin/env bash", lines(script).get(0), script.toString());
        }
    }

    @Test
    void nothing_is_published_before_all_tests_have_passed() throws IOException {
        JsonNode jobs = yaml(RELEASE).get("jobs");

        assertEquals(
                "./.github/workflows/ci.yml", jobs.get("verify").get("uses").asText());
        assertEquals(
                "./.github/workflows/kubernetes.yml",
                jobs.get("kubernetes").get("uses").asText());
        assertEquals(
                "[\"verify\",\"kubernetes\",\"assemble\"]",
                jobs.get("image").get("needs").toString());
        assertEquals("image", jobs.get("publish").get("needs").asText());
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
