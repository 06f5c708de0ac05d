package backoffice.customer;

import static org.junit.jupiter.api.Assertions.*;

import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A member of customers is everywhere or nowhere: CONTRIBUTING.md, "How to add". */
class CustomerMembersTest {

    private static final List<String> MEMBERS = components(CustomerData.class);

    /** What some places have besides the members: another name in a change, and all texts in a search. */
    private static final Set<String> NO_MEMBERS = Set.of("newName", "any");

    /** A column has the name of its member, with an underscore in place of a capital letter. */
    private static final Pattern UNDERSCORE = Pattern.compile("_(.)");

    @Test
    void the_records_of_requests_the_entity_the_texts_and_the_fields_of_searches_have_each_member() {
        assertEquals(MEMBERS, members(components(CustomerPatch.class).stream()));
        assertEquals(
                without("groupName"),
                Stream.of(Customer.class.getDeclaredFields())
                        .map(java.lang.reflect.Field::getName)
                        .filter(name -> !Set.of("id", "vendor", "groupId").contains(name))
                        .toList());
        assertEquals(
                without("name", "groupName", "regDate"),
                Stream.of(TextMember.values()).map(TextMember::property).toList());
        assertEquals(MEMBERS, members(Fields.CUSTOMERS.fields().stream().map(Field::name)));
    }

    /** The columns: a file, the beginning and the end of its part that names the members, each of them, and those left out. */
    @ParameterizedTest(name = "{0} {3}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            docs/api.md    | Answers have the members in this order: | \\. | `(\\w+)` |
            docs/zh/api.md | 响应中的字段依次为：                       | 。  | `(\\w+)` |
            src/main/resources/META-INF/resources/console/customer-fields.js | MEMBERS = \\[        | \\]  | '(\\w+)'     | name groupName
            src/main/resources/META-INF/resources/console/messages.en.js     | \\n  fields: \\{     | \\n  \\} | \\n +(\\w+): |
            src/main/resources/META-INF/resources/console/messages.zh.js     | \\n  fields: \\{     | \\n  \\} | \\n +(\\w+): |
            src/main/resources/db/history/afterMigrate__history.sql          | history_item\\(c      | \\$\\$; | ^'(\\w+)',\\s+(?:\\w+\\()?(?:c\\.|\\(?select)^ |
            src/main/resources/db/migration/V1__schema.sql | create table customer \\(  | constraint | ^(?!vendor|name)\\b(\\w+) text^ | name groupName regDate
            deploy/postgresql/erase.sql          | update customer set     | where   | = nullif\\((\\w+),  | name groupName regDate
            deploy/postgresql/erase.sql          | and :'person' in\\s+\\( | \\)     | (\\w+)            | name groupName regDate
            deploy/postgresql/contains-index.sql | lower                   | collate | coalesce\\((\\w+), | name groupName regDate
            """)
    void a_place_names_each_member_in_the_order_of_the_api(
            String file, String begin, String end, String each, String omitted) {
        Matcher part =
                Pattern.compile(begin + "(.*?)" + end, Pattern.DOTALL).matcher(RepositoryFiles.text(Path.of(file)));
        assertTrue(part.find(), file);
        Stream<String> names = Pattern.compile(each)
                .matcher(part.group(1))
                .results()
                .map(name -> UNDERSCORE
                        .matcher(name.group(1))
                        .replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT)));

        assertEquals(without((omitted == null ? "" : omitted).split(" ")), members(names));
    }

    @Test
    void each_schema_of_the_openapi_document_with_a_customer_has_each_member() throws IOException {
        JsonNode document =
                new ObjectMapper(new YAMLFactory()).readTree(new File("src/main/resources/META-INF/openapi.yaml"));
        List<JsonNode> customers = document.findValues("properties").stream()
                .filter(properties -> properties.has("referenceId"))
                .toList();

        assertFalse(customers.isEmpty());
        for (JsonNode properties : customers) {
            assertEquals(MEMBERS, members(properties.propertyStream().map(property -> property.getKey())));
        }
    }

    private static List<String> members(Stream<String> names) {
        return names.filter(name -> !NO_MEMBERS.contains(name)).toList();
    }

    private static List<String> without(String... omitted) {
        return MEMBERS.stream().filter(name -> !List.of(omitted).contains(name)).toList();
    }

    private static List<String> components(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
