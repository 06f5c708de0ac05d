package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"GROUPS | name: text", "CUSTOMERS | name: text, groupName: text, referenceId: text, regDate: time"
            })
    void a_resource_lists_its_fields_and_their_types(Fields resource, String fields) {
        assertEquals(
                List.of(fields.split(", ")),
                resource.fields().stream()
                        .map(field -> field.name() + ": " + field.type())
                        .toList());
    }
}
