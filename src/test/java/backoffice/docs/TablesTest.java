package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.fail;

import backoffice.envelope.Status;
import backoffice.search.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/api.md say what the code says. A failure prints the whole table as it must be, ready to paste. The
 * table of log lines in docs/operating.md has each warning and error.
 */
class TablesTest {

    /** The begin of the text of a warning or an error, up to the end of its first line. */
    private static final Pattern LOGGED = Pattern.compile("LOG\\.(?:warn|error)f?\\([^\"]*\"([^\"]+)\"");

    @Test
    void the_table_of_operators_is_that_of_the_code() {
        assertHas("6.2", ApiTables.operators());
    }

    @Test
    void the_tables_of_fields_are_those_of_the_code() {
        assertHas("6.3", Stream.of(Fields.values()).map(ApiTables::fields).collect(joining("\n")));
    }

    @Test
    void the_table_of_statuses_has_those_of_the_code() {
        List<String> statuses = Stream.of(Status.values())
                .map(status -> "| %d | %d".formatted(status.number(), status.httpCode()))
                .toList();

        assertEquals(
                statuses,
                ApiTables.statuses()
                        .lines()
                        .skip(2)
                        .map(line -> line.replaceFirst(" \\| [^|]+ \\|$", ""))
                        .toList());
    }

    @Test
    void the_table_of_log_lines_has_each_warning_and_each_error_of_the_service() throws IOException {
        List<Pattern> told = Page.of("docs/operating.md").tables().stream()
                .filter(table -> table.get(0).contains("level"))
                .flatMap(table -> table.stream().skip(1))
                .map(row -> Stream.of(row.get(0).replace("`", "").split("…", -1))
                        .map(Pattern::quote)
                        .collect(joining(".*")))
                .map(Pattern::compile)
                .toList();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            sources = files.filter(Files::isRegularFile).toList();
        }
        List<String> logged = new ArrayList<>();
        for (Path source : sources) {
            LOGGED.matcher(Files.readString(source)).results().forEach(found -> logged.add(found.group(1)));
        }

        assertFalse(logged.isEmpty());
        logged.removeIf(line -> told.stream().anyMatch(row -> row.matcher(line).lookingAt()));
        assertEquals(List.of(), logged);
    }

    private static void assertHas(String section, String table) {
        if (!table.equals(ApiTables.of(section))) {
            fail("docs/api.md, section " + section + ", must have this table:\n\n" + table + "\n");
        }
    }
}
