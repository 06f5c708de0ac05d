package backoffice.search;

import static org.junit.jupiter.api.Assertions.*;

import backoffice.envelope.ApiException;
import backoffice.envelope.Language;
import backoffice.envelope.Problem;
import backoffice.search.SearchRequest.Query;
import backoffice.search.SearchRequest.Sort;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search may not have, with the reason and the arguments of its message. */
class SearchRefusalsTest {

    private static final String OPERATORS =
            "[=, in, !=, <>, not in, >, >=, <, <=, between, like, not like, contains, is null, is not null]";

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
            -         | is null     | -                | UNKNOWN_FIELD          | [null, [name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, any]]
            ''        | is null     | -                | UNKNOWN_FIELD          | [, [name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, any]]
            ' name'   | is null     | -                | UNKNOWN_FIELD          | [ name, [name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, any]]
            Name      | is null     | -                | UNKNOWN_FIELD          | [Name, [name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, any]]
            c.name    | is null     | -                | UNKNOWN_FIELD          | [c.name, [name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, any]]
            vendor    | is null     | -                | UNKNOWN_FIELD          | [vendor, [name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, any]]
            name      | In          | -                | WRONG_NUMBER_OF_VALUES | [=, 0, 1…n]
            name      | <>          | -                | WRONG_NUMBER_OF_VALUES | [!=, 0, 1…n]
            name      | like        | -                | WRONG_NUMBER_OF_VALUES | [like, 0, 1…n]
            name      | not like    | -                | WRONG_NUMBER_OF_VALUES | [not like, 0, 1…n]
            name      | >           | -                | WRONG_NUMBER_OF_VALUES | [>, 0, 1]
            name      | >=          | a,b              | WRONG_NUMBER_OF_VALUES | [>=, 2, 1]
            name      | <           | a,b              | WRONG_NUMBER_OF_VALUES | [<, 2, 1]
            name      | <=          | a,b              | WRONG_NUMBER_OF_VALUES | [<=, 2, 1]
            name      | between     | a                | WRONG_NUMBER_OF_VALUES | [between, 1, 2]
            name      | between     | a,b,c            | WRONG_NUMBER_OF_VALUES | [between, 3, 2]
            name      | is null     | a                | WRONG_NUMBER_OF_VALUES | [is null, 1, 0]
            name      | is not null | a                | WRONG_NUMBER_OF_VALUES | [is not null, 1, 0]
            name      | in          | a,NULL           | NULL_VALUE             | [name]
            regDate   | =           | NULL             | NULL_VALUE             | [regDate]
            name      | like        | a%,b\\           | LONE_ESCAPE            | [b\\]
            name      | not like    | \\\\\\           | LONE_ESCAPE            | [\\\\\\]
            regDate   | like        | 2026%            | OPERATOR_NOT_FOR_FIELD | [like, regDate, [=, !=, >, >=, <, <=, between, is null, is not null]]
            regDate   | Not  Like   | 2026%            | OPERATOR_NOT_FOR_FIELD | [not like, regDate, [=, !=, >, >=, <, <=, between, is null, is not null]]
            regDate   | contains    | 2026             | OPERATOR_NOT_FOR_FIELD | [contains, regDate, [=, !=, >, >=, <, <=, between, is null, is not null]]
            any       | -           | a                | OPERATOR_NOT_FOR_FIELD | [=, any, [contains]]
            any       | is null     | -                | OPERATOR_NOT_FOR_FIELD | [is null, any, [contains]]
            any       | contains    | -                | WRONG_NUMBER_OF_VALUES | [contains, 0, 1…n]
            regDate   | in          | 2026-01-01,today | NOT_A_TIME             | [regDate, today]
            """)
    void a_condition_that_is_not_understood_is_refused_with_what_is_accepted(
            String field, String op, String values, Problem reason, String arguments) {
        assertRefused(reason, arguments, condition(field, op, values == null ? null : split(values)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "==",
                "notin",
                "n ot in",
                "not\tin",
                "not\u00A0in",
                "is",
                "is not nullx",
                "like '%' or 1 = 1",
                "li\u212Ae",
                "\u0130n",
                "not l\u0131ke"
            })
    void an_unknown_operator_is_refused_with_the_accepted_ones(String op) {
        assertRefused(Problem.UNKNOWN_OPERATOR, "[" + op + ", " + OPERATORS + "]", condition("name", op, List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b", "\uD800", "\uDC00", "a\uDFFF", "\uD800a", "\uDE00\uD83D"})
    void a_value_that_cannot_be_stored_is_refused_for_every_type(String value) {
        for (String field : List.of("name", "regDate")) {
            assertRefused(
                    Problem.UNSTORABLE_VALUE, "[" + field + ", " + value + "]", condition(field, "=", List.of(value)));
        }
    }

    static Stream<String> notTimes() {
        return Stream.of("""
                |yesterday|2026-02-30|2025-02-29|2026-02-30 10:00:00|2026-13-01|2026-00-01|2026-01-00|2026-01-01 24:00:00\
                |2026-01-01 23:60:00|2026-01-01 23:59:60|2026-01-01 1:00:00|0000-01-01|0000-12-31 23:59:59|2026-1-1\
                |26-01-01|20260101|2026/01/01|2026-01-01T00:00:00|2026-01-01 00:00|2026-01-01 00:00:00.0\
                |2026-01-01 00:00:00Z|2026-01-01 00:00:00 | 2026-01-01 00:00:00|2026-01-01 | 2026-01-01\
                |2026-01-01  00:00:00|２０２６-01-01|٢٠٢٦-٠١-٠١|-2026-01-01 00:00:00|+12026-01-01 00:00:00\
                |+999999999-01-01 00:00:00|12026-01-01""".split("\\|"));
    }

    @ParameterizedTest
    @MethodSource("notTimes")
    void a_value_that_is_not_a_time_is_refused_where_a_time_is_required(String value) {
        assertRefused(Problem.NOT_A_TIME, "[regDate, " + value + "]", condition("regDate", "=", List.of(value)));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            referenceId                | UNKNOWN_FIELD | [referenceId, [name, groupName, regDate]]
            any                        | UNKNOWN_FIELD | [any, [name, groupName, regDate]]
            id                         | UNKNOWN_FIELD | [id, [name, groupName, regDate]]
            name:ascending             | UNKNOWN_ORDER | [ascending]
            name:desc nulls first      | UNKNOWN_ORDER | [desc nulls first]
            name: asc                  | UNKNOWN_ORDER | [ asc]
            name:de\u017Fc             | UNKNOWN_ORDER | [de\u017Fc]
            name:A\u017FC              | UNKNOWN_ORDER | [A\u017FC]
            name:asc;regDate;name:desc | SORTED_TWICE  | [name]
            name;name                  | SORTED_TWICE  | [name]
            """)
    void a_sort_that_is_not_understood_is_refused(String sorts, Problem reason, String arguments) {
        List<Sort> asked = Stream.of(sorts.split(";"))
                .map(sort -> sort.split(":"))
                .map(sort -> new Sort(sort[0], sort.length == 1 ? null : sort[1]))
                .toList();

        assertRefused(reason, arguments, new SearchRequest(null, asked));
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            querys[2].name      | UNKNOWN_FIELD          | town    | =       | a
            querys[2].op        | UNKNOWN_OPERATOR       | name    | equals  | a
            querys[2].op        | OPERATOR_NOT_FOR_FIELD | regDate | like    | a%
            querys[2].values    | WRONG_NUMBER_OF_VALUES | name    | between | a
            querys[2].values[1] | NULL_VALUE             | name    | in      | a,NULL
            querys[2].values[0] | UNSTORABLE_VALUE       | name    | =       | a\0b
            querys[2].values[2] | NOT_A_TIME             | regDate | in      | 2026-01-01,2026-01-02,today
            querys[2].values[1] | LONE_ESCAPE            | name    | like    | a%,b\\
            sorts[1].name       | UNKNOWN_FIELD          | city    | -       | -
            sorts[1].name       | SORTED_TWICE           | name    | -       | -
            sorts[1].order      | UNKNOWN_ORDER          | regDate | up      | -
            """)
    void a_refusal_names_the_entry_with_its_member_or_value(
            String place, Problem reason, String name, String opOrOrder, String values) {
        Query good = new Query("name", null, List.of("a"));
        SearchRequest request = values == null
                ? new SearchRequest(null, List.of(new Sort("name", null), new Sort(name, opOrOrder)))
                : new SearchRequest(List.of(good, good, new Query(name, opOrOrder, split(values))), null);

        ApiException refusal = refusal(request);

        assertEquals(reason, refusal.problem());
        for (Language language : Language.values()) {
            assertTrue(language.sentence(refusal).startsWith(place + ": "), language.sentence(refusal));
        }
    }

    private static SearchRequest condition(String field, String op, List<String> values) {
        return new SearchRequest(List.of(new Query(field, op, values)), null);
    }

    private static List<String> split(String values) {
        return Stream.of(values.split(","))
                .map(value -> value.equals("NULL") ? null : value)
                .toList();
    }

    private static ApiException refusal(SearchRequest request) {
        return assertThrows(ApiException.class, () -> HqlTranslator.translate(request, Fields.CUSTOMERS));
    }

    private static void assertRefused(Problem reason, String arguments, SearchRequest request) {
        ApiException refusal = refusal(request);

        assertEquals(1002, refusal.status().number());
        assertEquals(reason, refusal.problem());
        assertEquals(arguments, refusal.arguments().toString());
    }
}
