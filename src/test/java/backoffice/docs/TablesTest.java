package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import backoffice.envelope.Status;
import backoffice.search.Fields;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/api.md say what the code says. A failure prints the whole table as it must be, ready to paste. */
class TablesTest {

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

    private static void assertHas(String section, String table) {
        if (!table.equals(ApiTables.of(section))) {
            fail("docs/api.md, section " + section + ", must have this table:\n\n" + table + "\n");
        }
    }
}
