package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What compose.yaml gives its parts. docs/rehearse.sh runs it where Docker answers. */
class ComposeTest {

    private static final JsonNode SERVICES = services();

    /** Such a folder belongs to the user who made it. Root without capabilities is not that user. */
    @Test
    void a_part_that_writes_to_a_folder_of_the_host_may_write_to_folders_of_others_and_give_them_its_files() {
        List<List<String>> added = SERVICES.valueStream()
                .filter(part -> texts(part, "volumes")
                        .anyMatch(volume -> volume.matches("(\\$\\{\\w+:-)?\\./.*") && !volume.endsWith(":ro")))
                .map(part -> texts(part, "cap_add").toList())
                .toList();

        assertEquals(List.of(List.of("DAC_OVERRIDE", "CHOWN")), added);
    }

    @Test
    void the_service_and_the_job_that_deletes_expired_changes_keep_them_for_the_same_time() {
        List<String> kept = SERVICES.valueStream()
                .map(part ->
                        part.at("/environment/BACKOFFICE_HISTORY_RETENTION").textValue())
                .filter(Objects::nonNull)
                .toList();

        assertEquals(List.of("${BACKOFFICE_HISTORY_RETENTION:-90d}", "${BACKOFFICE_HISTORY_RETENTION:-90d}"), kept);
    }

    @Test
    void only_this_machine_reaches_a_port_unless_the_reader_says_otherwise() {
        assertEquals(
                List.of(
                        "${ADDRESS:-127.0.0.1:8080}:8080",
                        "127.0.0.1::9000",
                        "${SIGN_IN_ADDRESS:-127.0.0.1:8081}:8080"),
                SERVICES.valueStream().flatMap(part -> texts(part, "ports")).toList());
    }

    private static Stream<String> texts(JsonNode part, String member) {
        return part.path(member).valueStream().map(JsonNode::asText);
    }

    private static JsonNode services() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(new File("compose.yaml"))
                    .get("services");
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
