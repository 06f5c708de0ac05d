package backoffice.json;

import static backoffice.json.StrictJsonFixture.BATCH;
import static backoffice.json.StrictJsonFixture.ONE;
import static backoffice.json.StrictJsonFixture.SEARCH;
import static backoffice.json.StrictJsonFixture.assertRefused;
import static backoffice.json.StrictJsonFixture.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import backoffice.envelope.Problem;
import backoffice.search.Query;
import backoffice.search.SearchRequest;
import backoffice.search.Sort;
import backoffice.value.Name;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void an_object_is_read_with_its_members_in_any_order() {
        assertEquals(new Entry(new Name("甲😀"), new Name("g")), read(" {\"groupName\":\"g\",\"name\":\"甲😀\"}\n", ONE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"a\"}", "{\"name\":\"a\",\"groupName\":null}", "{\"name\":\"a\",\"groupName\":\"\"}"
            })
    void an_absent_a_null_and_an_empty_groupName_all_mean_none(String body) {
        assertEquals(new Entry(new Name("a"), null), read(body, ONE));
    }

    @Test
    void members_that_a_search_leaves_out_are_null_or_empty() {
        assertEquals(
                new SearchRequest(
                        List.of(new Query("name", null, List.of()), new Query(null, "in", Arrays.asList("a", null))),
                        List.of(new Sort("name", null))),
                read(
                        "{\"querys\":[{\"name\":\"name\",\"values\":null},{\"op\":\"in\",\"values\":[\"a\",null]}],"
                                + "\"sorts\":[{\"name\":\"name\"}]}",
                        SEARCH));
        assertEquals(new SearchRequest(null, null), read("{\"querys\":null}", SEARCH));
    }

    @Test
    void the_literal_null_is_read_as_null() {
        assertNull(read("null", ONE));
        assertNull(read("null", BATCH));
        assertNull(read("null", SEARCH));
    }

    @Test
    void a_byte_order_mark_is_skipped() {
        assertEquals(new Entry(new Name("a"), null), read("\uFEFF{\"name\":\"a\"}", ONE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\uFEFF \n"})
    void a_byte_order_mark_alone_is_read_as_null(String body) {
        assertNull(read(body, ONE));
    }

    @ParameterizedTest
    @CsvSource({
        "7B226E616D65223A22FF227D, a byte that begins no sequence",
        "7B226E616D65223A22C3227D, a sequence cut short",
        "7B226E616D65223A22C0AF227D, an overlong slash",
        "7B226E616D65223A22E08080227D, an overlong U+0000",
        "7B226E616D65223A22EDA080227D, a surrogate",
        "7B226E616D65223A22F4908080227D, a code point beyond U+10FFFF",
        "FFFE7B00, UTF-16",
    })
    void invalid_utf_8_is_refused(String bytes, String what) {
        assertRefused(HexFormat.of().parseHex(bytes), ONE, "", Problem.MALFORMED_UTF8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"name\":\"a\"}                                       | name",
                "{\"name\":\"a\",\"na\\u006De\":\"b\"}                                 | name",
                "{\"x\":{\"y\":[{\"z\":1,\"z\":2}]}}                                   | z",
                "[{\"name\":\"a\"},{\"name\":\"b\",\"groupName\":\"g\",\"groupName\":null}] | groupName",
                "{\"querys\":[{\"name\":\"a\",\"op\":\"=\",\"op\":\"=\"}]}             | op",
                "{\"sorts\":[],\"sorts\":[]}                                           | sorts"
            })
    void a_duplicate_member_is_refused_at_any_depth(String body, String member) {
        assertRefused(body, ONE, "", Problem.DUPLICATE_MEMBER, member);
    }

    @Test
    void two_objects_can_have_the_same_member() {
        assertEquals(
                List.of(new Entry(new Name("a"), null), new Entry(new Name("a"), null)),
                read("[{\"name\":\"a\"},{\"name\":\"a\"}]", BATCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"name\":\"a\"}{}", "{\"name\":\"a\"} null", "{\"name\":\"a\"}\n\"x\"", "{\"name\":\"a\"}1"})
    void anything_after_the_json_value_is_refused(String body) {
        assertRefused(body, ONE, "", Problem.TRAILING_GARBAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                         | 1 | 2",
                "{\"name\"                 | 1 | 8",
                "{'name':'a'}              | 1 | 2",
                "{\"name\":\"a\",}         | 1 | 13",
                "{\"name\":\"a\"}]         | 1 | 13",
                "{\"name\":\"a\"}x         | 1 | 13",
                "{\"name\":/**/\"a\"}      | 1 | 9",
                "{\"name\":NaN}            | 1 | 12"
            })
    void malformed_json_is_refused_with_line_and_column(String body, int line, int column) {
        assertRefused(body, ONE, "", Problem.MALFORMED_JSON, line, column);
    }

    @Test
    void malformed_json_is_reported_with_its_line() {
        assertRefused("{\n \"name\":\n  x}", ONE, "", Problem.MALFORMED_JSON, 3, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void deep_nesting_is_refused_without_a_stack_overflow(String opening) {
        assertRefused(opening.repeat(100_000), BATCH, "", Problem.EXCESSIVE_JSON, 1000);
    }

    @Test
    void a_number_of_thousands_of_digits_is_refused() {
        assertRefused("{\"name\":" + "1".repeat(5000) + "}", ONE, "", Problem.EXCESSIVE_JSON, 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void a_batch_of_an_accepted_size_is_read(int size) {
        assertEquals(size, ((List<?>) read(batch(size), BATCH)).size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1001})
    void a_batch_of_another_size_is_refused(int size) {
        assertRefused(batch(size), BATCH, "", Problem.BATCH_SIZE, size, 1000);
    }

    @Test
    void an_entry_that_is_null_is_refused_with_its_place() {
        assertRefused("[{\"name\":\"a\"},null]", BATCH, "[1]", Problem.NOT_AN_OBJECT, "null");
    }

    private static String batch(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> "{\"name\":\"" + i + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }
}
