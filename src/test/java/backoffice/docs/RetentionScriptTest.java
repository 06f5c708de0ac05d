package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script of Compose that runs retention.sh each day, with functions in place of psql and of the time. */
class RetentionScriptTest {

    private static final String PROGRAMS = """
            export QUARKUS_DATASOURCE_USERNAME=u QUARKUS_DATASOURCE_PASSWORD=p QUARKUS_DATASOURCE_REACTIVE_URL=url
            tries=0
            psql() { ((tries >= %2$d)); }
            retention() { echo run; %3$s; }
            sleep() { echo "$1"; }
            wait() { builtin wait; ((++tries < %1$d)) || exit 0; }
            """;

    @TempDir
    private Path folder;

    @BeforeAll
    static void bash() {
        Bash.require();
    }

    @Test
    void the_first_run_waits_for_the_tables_and_is_healthy_when_it_has_succeeded() throws IOException {
        assertEquals("1 1 run 24h", run(3, 2, "true"));
        assertEquals(0, health());
    }

    @Test
    void a_run_that_fails_is_tried_again_and_is_not_healthy() throws IOException {
        assertEquals("run 1m run 1m", run(2, 0, "false"));
        assertEquals(1, health());
    }

    @Test
    void a_database_that_stays_out_of_reach_is_not_waited_for_in_silence() throws IOException {
        assertEquals("1 ".repeat(60) + "run 1m", run(61, 100, "false"));
    }

    private String run(int waits, int triesWithoutTables, String outcome) throws IOException {
        return bash(PROGRAMS.formatted(waits, triesWithoutTables, outcome)
                        + service().at("/command/0").textValue().replace("/retention/retention.sh", "retention"))
                .replaceAll("\\s+", " ")
                .strip();
    }

    private int health() throws IOException {
        return Integer.parseInt(
                bash("( " + service().at("/healthcheck/test/3").textValue() + " ) 2>&1 && echo 0 || echo 1")
                        .lines()
                        .reduce("", (earlier, last) -> last));
    }

    private String bash(String script) throws IOException {
        Path file = folder.resolve("script");
        Files.writeString(file, script.replace("$$", "$").replace("/tmp/", folder + "/"));
        return Bash.output("bash -u " + file);
    }

    private static JsonNode service() throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readTree(new File("compose.yaml"))
                .at("/services/retention");
    }
}
