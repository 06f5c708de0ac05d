package backoffice.docs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that make a dump each day, with functions in place of the programs of PostgreSQL and of the time. */
class BackupScriptsTest {

    private static final String COMPOSE = "compose.yaml, /services/backup/command/0";

    private static final String SAMPLE =
            "k8s/samples/backup.yaml, /spec/jobTemplate/spec/template/spec/containers/0/command/2";

    /** The script of Compose ends after this number of tries. */
    private static final String PROGRAMS = """
            psql() { echo %s; }
            pg_restore() { ! grep -q damaged "$2"; }
            sleep() { echo "$1" >> %s/pauses; }
            tries=0
            wait() { builtin wait; ((++tries < %d)) || exit 0; }
            pg_dump() { { %s; } > "${2#--file=}"; }
            """;

    @TempDir
    private Path folder;

    @TempDir
    private Path others;

    /** What psql answers to whether the database has no rows. */
    private String isEmpty = "f";

    @BeforeAll
    static void bash() {
        Bash.require();
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPOSE, SAMPLE})
    void dumps_of_two_weeks_are_kept_for_their_owner_alone(String place) throws IOException {
        // Given a dump that is too old, one that is not, and one that was interrupted
        aged("2000-01-01T000000.dump", 16);
        aged("2000-01-14T000000.dump", 2);
        aged("2000-01-15T000000.dump.part", 1);

        assertEquals(0, run("echo dump", 1, place));

        List<String> dumps = files();
        assertThat(
                dumps, contains(is("2000-01-14T000000.dump"), matchesPattern("20\\d\\d-\\d\\d-\\d\\dT\\d{6}\\.dump")));
        Path dump = folder.resolve(dumps.get(1));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)));
        assertEquals(Files.getOwner(folder), Files.getOwner(dump));
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPOSE, SAMPLE})
    void dumps_that_fail_pile_up_nothing_and_do_not_keep_old_ones(String place) throws IOException {
        // Given two dumps that are too old, and what two tries have left
        aged("2000-01-01T000000.dump", 17);
        aged("2000-01-02T000000.dump", 16);
        aged("2000-01-15T000000.dump.part", 1);
        aged("2000-01-16T000000.dump.part", 0);

        // When dumps fail, then the last dump that succeeded stays
        boolean runsOn = place.equals(COMPOSE);
        for (int i = 0; i < 3; i++) {
            assertEquals(runsOn ? 0 : 1, run(i == 1 ? "echo damaged" : "echo half; return 1", 1, place));

            // The pod of the sample ends with its try, and the next one deletes what it has left.
            assertThat(files(), hasSize(runsOn ? 1 : 2));
            assertThat(files(), hasItem("2000-01-02T000000.dump"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPOSE, SAMPLE})
    void a_damaged_dump_does_not_replace_a_good_one(String place) throws IOException {
        aged("2000-01-01T000000.dump", 16);
        Files.writeString(aged("2000-01-15T000000.dump", 1), "damaged");

        assertEquals(0, run("echo dump", 1, place));
        assertThat(files(), hasSize(3));

        assertEquals(0, run("echo dump", 1, place));
        assertThat(files(), not(hasItem("2000-01-01T000000.dump")));
    }

    @ParameterizedTest
    @ValueSource(strings = {COMPOSE, SAMPLE})
    void an_empty_database_is_dumped_only_when_there_is_no_dump(String place) throws IOException {
        isEmpty = "t";
        assertEquals(0, run("echo dump", 1, place));
        List<String> dumps = files();
        assertThat(dumps, hasSize(1));

        assertEquals(0, run("echo dump", 1, place));
        assertEquals(dumps, files());
    }

    @Test
    void compose_waits_for_the_next_day_after_a_dump_and_for_minutes_after_one_that_fails() throws IOException {
        run("echo; ((tries > 0))", 2, COMPOSE);

        assertEquals(List.of("10m", "24h"), Files.readAllLines(others.resolve("pauses")));
    }

    private int run(String dump, int tries, String place) throws IOException {
        String[] fileAndPointer = place.split(", ");
        JsonNode document = new ObjectMapper(new YAMLFactory()).readTree(new File(fileAndPointer[0]));
        String ofFile = document.at(fileAndPointer[1])
                .textValue()
                .replace("$$", "$")
                .replace("/backup", folder.toString())
                .replace("/tmp/empty", others + "/empty");
        Path script = others.resolve("script");
        Files.writeString(script, PROGRAMS.formatted(isEmpty, others, tries, dump) + ofFile);
        return Integer.parseInt(
                Bash.output("bash -eu " + script + " >&2; echo $?").strip());
    }

    private Path aged(String name, int days) throws IOException {
        return Files.setLastModifiedTime(
                Files.writeString(folder.resolve(name), "dump"),
                FileTime.from(Instant.now().minus(Duration.ofDays(days))));
    }

    private List<String> files() {
        return Stream.of(folder.toFile().list()).sorted().toList();
    }
}
