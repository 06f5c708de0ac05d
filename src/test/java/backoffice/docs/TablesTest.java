package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.fail;

import backoffice.openapi.ApiTables;
import backoffice.search.Fields;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/api.md say what the code says. A failure prints the whole table as it must be, ready to paste. */
class TablesTest {

    private static final Page API = Page.of("docs/api.md");

    @Test
    void the_table_of_operators_is_that_of_the_code() {
        assertHas("6.2", ApiTables.operators());
    }

    @Test
    void the_tables_of_fields_are_those_of_the_code() {
        assertHas("6.3", Stream.of(Fields.values()).map(ApiTables::fields).collect(joining("\n")));
    }

    @Test
    void the_table_of_statuses_is_that_of_the_code() {
        assertHas("8.1", ApiTables.statuses());
    }

    private static void assertHas(String section, String table) {
        if (!table.equals(tableOf(section))) {
            fail("docs/api.md, section " + section + ", must have this table:\n\n" + table + "\n");
        }
    }

    /** The lines of the section that belong to a table. */
    private static String tableOf(String section) {
        String text = Pattern.compile("(?ms)^### " + Pattern.quote(section) + " .*?(?=^##|\\z)")
                .matcher(API.text())
                .results()
                .map(MatchResult::group)
                .collect(joining());
        return text.lines().filter(line -> line.startsWith("|")).collect(joining("\n"));
    }
}
