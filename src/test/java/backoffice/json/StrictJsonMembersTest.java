package backoffice.json;

import static backoffice.json.StrictJsonFixture.BATCH;
import static backoffice.json.StrictJsonFixture.ONE;
import static backoffice.json.StrictJsonFixture.SEARCH;
import static backoffice.json.StrictJsonFixture.assertRefused;

import backoffice.envelope.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonMembersTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "-1", "1.5", "true", "false", "{}", "{\"a\":1}", "[]", "[\"a\"]"})
    void a_value_that_is_not_a_string_is_refused_where_a_string_is_required(String value) {
        assertRefused("{\"name\":" + value + "}", ONE, "name", Problem.NOT_A_STRING, value);
        assertRefused(
                "[{\"name\":\"a\"},{\"name\":\"b\",\"groupName\":" + value + "}]",
                BATCH,
                "[1].groupName",
                Problem.NOT_A_STRING,
                value);
        assertRefused("{\"querys\":[{\"op\":" + value + "}]}", SEARCH, "querys[0].op", Problem.NOT_A_STRING, value);
        assertRefused(
                "{\"querys\":[{\"values\":[\"a\"," + value + "]}]}",
                SEARCH,
                "querys[0].values[1]",
                Problem.NOT_A_STRING,
                value);
        assertRefused("{\"sorts\":[{\"order\":" + value + "}]}", SEARCH, "sorts[0].order", Problem.NOT_A_STRING, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "\"\"", "\" \"", "\"a\"", "{}", "{\"name\":\"a\"}"})
    void a_value_that_is_not_an_array_is_refused_where_an_array_is_required(String value) {
        assertRefused(value, BATCH, "", Problem.NOT_AN_ARRAY, value);
        assertRefused("{\"querys\":" + value + "}", SEARCH, "querys", Problem.NOT_AN_ARRAY, value);
        assertRefused("{\"sorts\":" + value + "}", SEARCH, "sorts", Problem.NOT_AN_ARRAY, value);
        assertRefused(
                "{\"querys\":[{\"values\":" + value + "}]}", SEARCH, "querys[0].values", Problem.NOT_AN_ARRAY, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.5", "true", "\"\"", "\" \"", "\"a\"", "[]", "[{\"name\":\"a\"}]"})
    void a_value_that_is_not_an_object_is_refused_where_an_object_is_required(String value) {
        assertRefused(value, ONE, "", Problem.NOT_AN_OBJECT, value);
        assertRefused(value, SEARCH, "", Problem.NOT_AN_OBJECT, value);
        assertRefused("[{\"name\":\"a\"}," + value + "]", BATCH, "[1]", Problem.NOT_AN_OBJECT, value);
        assertRefused("{\"querys\":[" + value + "]}", SEARCH, "querys[0]", Problem.NOT_AN_OBJECT, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"a\",\"extra\":1}                   | extra",
                "{\"extra\":{\"deep\":[]},\"name\":\"a\"}       | extra",
                "{\"name\":\"a\",\"Name\":\"b\"}                | Name",
                "{\"name\":\"a\",\"a[0]\":1}                    | a[0]"
            })
    void an_unknown_member_is_refused_with_the_accepted_members(String body, String member) {
        assertRefused(body, ONE, "", Problem.UNKNOWN_MEMBER, member, List.of("name", "groupName"));
    }

    @Test
    void the_place_of_an_unknown_member_is_its_object() {
        assertRefused(
                "[{\"name\":\"a\"},{\"name\":\"b\",\"group\":\"g\"}]",
                BATCH,
                "[1]",
                Problem.UNKNOWN_MEMBER,
                "group",
                List.of("name", "groupName"));
        assertRefused("{\"query\":[]}", SEARCH, "", Problem.UNKNOWN_MEMBER, "query", List.of("querys", "sorts"));
        assertRefused(
                "{\"querys\":[{},{\"value\":\"a\"}]}",
                SEARCH,
                "querys[1]",
                Problem.UNKNOWN_MEMBER,
                "value",
                List.of("name", "op", "values"));
        assertRefused(
                "{\"sorts\":[{\"by\":\"a\"}]}",
                SEARCH,
                "sorts[0]",
                Problem.UNKNOWN_MEMBER,
                "by",
                List.of("name", "order"));
    }

    @Test
    void a_misspelled_required_member_is_reported_as_unknown() {
        assertRefused("{\"nmae\":\"a\"}", ONE, "", Problem.UNKNOWN_MEMBER, "nmae", List.of("name", "groupName"));
        assertRefused(
                "[{\"name\":\"a\"},{\"groupName\":\"g\",\"Name\":\"b\"}]",
                BATCH,
                "[1]",
                Problem.UNKNOWN_MEMBER,
                "Name",
                List.of("name", "groupName"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"name\":null}", "{\"groupName\":\"g\"}"})
    void a_required_member_that_is_absent_or_null_is_reported_as_missing(String entry) {
        assertRefused(entry, ONE, "", Problem.MEMBER_MISSING, "name");
        assertRefused("[{\"name\":\"a\"}," + entry + "]", BATCH, "[1]", Problem.MEMBER_MISSING, "name");
    }

    @Test
    void an_illegal_name_is_refused_with_its_place() {
        String good = "{\"name\":\"a\"},";

        assertRefused("{\"name\":\"\"}", ONE, "name", Problem.NAME_BLANK, "");
        assertRefused("[" + good.repeat(3) + "{\"name\":\"..\"}]", BATCH, "[3].name", Problem.NAME_DOTS, "..");
        assertRefused(
                "[" + good + "{\"name\":\"b\",\"groupName\":\" \"}]", BATCH, "[1].groupName", Problem.NAME_BLANK, " ");
        assertRefused("{\"name\":\"a\\u0000\"}", ONE, "name", Problem.NAME_CHARACTERS, "a\u0000");
        assertRefused("{\"name\":\"a\\ud83d\"}", ONE, "name", Problem.NAME_CHARACTERS, "a\uD83D");
    }

    @Test
    void the_first_fault_in_the_order_of_the_body_is_reported() {
        assertRefused("[{\"name\":1},{\"nmae\":\"a\"}]", BATCH, "[0].name", Problem.NOT_A_STRING, "1");
        assertRefused(
                "[{\"nmae\":\"a\"},{\"name\":1}]",
                BATCH,
                "[0]",
                Problem.UNKNOWN_MEMBER,
                "nmae",
                List.of("name", "groupName"));
    }
}
