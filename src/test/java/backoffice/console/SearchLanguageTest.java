package backoffice.console;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.search.Operator;
import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SearchLanguageTest {

    private static final Path FILE = Path.of("src/main/resources/META-INF/resources/console/search-language.js");

    @Test
    void the_console_has_the_fields_and_operators_of_the_service() {
        String expected = """
            // The search language of the service. Do not edit: SearchLanguageTest prints this file when it is out of date.

            export const OPERATORS = {
            %s
            };

            export const GROUP_FIELDS = %s;
            export const CUSTOMER_FIELDS = %s;
            """.formatted(
                Stream.of(Operator.values()).map(SearchLanguageTest::operator).collect(joining("\n")),
                fields(Fields.GROUPS),
                fields(Fields.CUSTOMERS));

        assertEquals(expected, RepositoryFiles.text(FILE), () -> "Replace " + FILE + " by:\n" + expected);
    }

    private static String operator(Operator operator) {
        String name = operator.wireNames().get(0);
        String values = operator.arity() == Operator.Arity.SOME
                ? "Infinity"
                : operator.arity().toString();
        return "  '%s': { values: %s%s },"
                .formatted(name, values, Field.Type.TIME.accepts(operator) ? "" : ", text: true");
    }

    private static String fields(Fields resource) {
        List<Field> fields = resource.fields();
        return "{ query: [%s], sort: [%s], time: [%s] }"
                .formatted(
                        names(fields, field -> field.type() != Field.Type.ANY),
                        names(fields, Field::sortable),
                        names(fields, field -> field.type() == Field.Type.TIME));
    }

    private static String names(List<Field> fields, Predicate<Field> which) {
        return fields.stream()
                .filter(which)
                .map(field -> "'" + field.name() + "'")
                .collect(joining(", "));
    }
}
