package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.envelope.Status;
import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.Operator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the READMEs say what the code says. */
class TablesTest {

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh.md"})
    void each_status_has_its_row_with_its_http_code(String readme) {
        List<String> rows = Page.of(readme).table("`status`").stream()
                .flatMap(row -> Stream.of(row.get(0).split(", ")).map(number -> number + " " + row.get(1)))
                .toList();

        assertEquals(
                Stream.of(Status.values())
                        .map(status -> status.number() + " " + status.httpCode())
                        .toList(),
                rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh.md"})
    void each_operator_has_its_row_with_the_number_of_its_values(String readme) {
        List<String> rows = Page.of(readme).table("`op`").stream()
                .flatMap(row -> codes(row.get(0)).map(name -> name + " " + row.get(1)))
                .sorted()
                .toList();

        assertEquals(
                Stream.of(Operator.values())
                        .flatMap(operator -> operator.wireNames().stream().map(name -> name + " " + operator.arity()))
                        .sorted()
                        .toList(),
                rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "README.zh.md"})
    void each_searchable_resource_has_its_row_with_its_fields(String readme) {
        List<List<String>> rows = Page.of(readme).table("`querys`");

        assertEquals(
                List.of("`/customer_groups/data`", "`/customers/data`"),
                rows.stream().map(row -> row.get(0)).toList());
        for (int i = 0; i < rows.size(); i++) {
            Fields resource = Fields.values()[i];
            assertEquals(names(resource, field -> true), fields(rows.get(i).get(1)));
            assertEquals(names(resource, Field::sortable), fields(rows.get(i).get(2)));
        }
    }

    private static String names(Fields resource, Predicate<Field> which) {
        return resource.fields().stream().filter(which).map(Field::name).collect(joining(" "));
    }

    /** Without what is said of a field in brackets. */
    private static String fields(String cell) {
        return codes(cell.replaceAll("[(（].*?[)）]", "")).collect(joining(" "));
    }

    private static Stream<String> codes(String cell) {
        return CODE.matcher(cell).results().map((MatchResult code) -> code.group(1));
    }
}
