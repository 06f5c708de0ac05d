package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkflowsTest {

    private static final String FOLDER = ".github/workflows";

    @Test
    void a_workflow_may_only_read_and_a_job_that_may_write_does_not_leave_its_token_in_the_working_tree()
            throws IOException {
        int jobs = 0;
        for (Path file : RepositoryFiles.below(FOLDER).toList()) {
            JsonNode workflow = yaml(file);
            assertEquals("{\"contents\":\"read\"}", workflow.get("permissions").toString(), file.toString());
            for (JsonNode job : workflow.get("jobs")) {
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

    @Test
    void nothing_is_published_before_all_tests_have_passed() throws IOException {
        JsonNode jobs = yaml(Path.of(FOLDER, "release.yml")).get("jobs");

        assertEquals(
                List.of("./.github/workflows/ci.yml", "./.github/workflows/kubernetes.yml", "image", "tag"),
                Stream.of("/verify/uses", "/kubernetes/uses", "/tag/needs", "/publish/needs")
                        .map(path -> jobs.at(path).asText())
                        .toList());
        assertEquals(
                "[\"verify\",\"kubernetes\",\"files\"]", jobs.at("/image/needs").toString());
    }

    private static JsonNode yaml(Path file) throws IOException {
        return new YAMLMapper().readTree(file.toFile());
    }
}
