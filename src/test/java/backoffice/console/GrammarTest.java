package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.Field;
import backoffice.search.Fields;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammarTest {

    private static final Path GRAMMAR = Path.of("src/main/resources/META-INF/resources/console/grammar.js");

    @ParameterizedTest
    @CsvSource({"GROUP_FIELDS, GROUPS", "CUSTOMER_FIELDS, CUSTOMERS"})
    void the_console_offers_each_field_that_the_service_searches_and_sorts_by(String constant, Fields resource)
            throws IOException {
        Matcher fields = Pattern.compile(constant + " = \\{ query: \\[(.*?)], sort: \\[(.*?)] }")
                .matcher(Files.readString(GRAMMAR));

        assertTrue(fields.find());
        assertEquals(names(resource.fields()), fields.group(1));
        assertEquals(names(resource.fields().stream().filter(Field::sortable).toList()), fields.group(2));
    }

    private static String names(List<Field> fields) {
        return String.join(
                ", ", fields.stream().map(field -> "'" + field.name() + "'").toList());
    }
}
