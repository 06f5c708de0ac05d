package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.fail;

import backoffice.envelope.Status;
import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.Operator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/api.md say what the code says. A failure prints the whole table as it must be, ready to paste. */
class TablesTest {

    private static final Page API = Page.of("docs/api.md");

    @Test
    void the_table_of_operators_is_that_of_the_code() {
        assertHas(
                "6.2",
                List.of("`op`", "number of `values`", "true when the field"),
                Stream.of(Operator.values())
                        .map(operator -> List.of(
                                operator.wireNames().stream()
                                        .map(TablesTest::code)
                                        .collect(joining(", ")),
                                operator.arity().toString(),
                                operator.meaning())));
    }

    @Test
    void the_table_of_fields_is_that_of_the_code() {
        assertHas(
                "6.3",
                List.of("resource", "field of `querys`", "type", "may have no value", "field of `sorts`"),
                Stream.of(Fields.values())
                        .flatMap(resource -> resource.fields().stream().map(field -> row(resource, field))));
    }

    @Test
    void the_table_of_statuses_is_that_of_the_code() {
        assertHas(
                "8.1",
                List.of("`status`", "HTTP", "when"),
                Stream.of(Status.values())
                        .map(status -> List.of(
                                String.valueOf(status.number()), String.valueOf(status.httpCode()), status.meaning())));
    }

    private static List<String> row(Fields resource, Field field) {
        return List.of(
                code(path(resource)),
                code(field.name()),
                field.type().toString(),
                yesOrNo(field.nullable()),
                yesOrNo(field.sortable()));
    }

    private static String path(Fields resource) {
        return switch (resource) {
            case GROUPS -> "/customer_groups/data";
            case CUSTOMERS -> "/customers/data";
        };
    }

    private static String code(String text) {
        return "`" + text + "`";
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static void assertHas(String section, List<String> head, Stream<List<String>> rows) {
        String rule = "|" + "---|".repeat(head.size());
        String table = Stream.concat(Stream.of(line(head), rule), rows.map(TablesTest::line))
                .collect(joining("\n"));
        if (!table.equals(tableOf(section))) {
            fail("docs/api.md, section " + section + ", must have this table:\n\n" + table + "\n");
        }
    }

    private static String line(List<String> cells) {
        return cells.stream().collect(joining(" | ", "| ", " |"));
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
