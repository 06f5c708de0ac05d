package backoffice.search;

import static backoffice.envelope.Problem.LONE_ESCAPE;
import static backoffice.envelope.Problem.NOT_A_TIME;
import static backoffice.envelope.Problem.NULL_ENTRY;
import static backoffice.envelope.Problem.NULL_VALUE;
import static backoffice.envelope.Problem.PATTERN_ON_TIME;
import static backoffice.envelope.Problem.SORTED_TWICE;
import static backoffice.envelope.Problem.TOO_MANY_QUERYS;
import static backoffice.envelope.Problem.TOO_MANY_VALUES;
import static backoffice.envelope.Problem.UNKNOWN_FIELD;
import static backoffice.envelope.Problem.UNKNOWN_OPERATOR;
import static backoffice.envelope.Problem.UNKNOWN_ORDER;
import static backoffice.envelope.Problem.UNSTORABLE_VALUE;
import static backoffice.envelope.Problem.WRONG_NUMBER_OF_VALUES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HqlTranslatorRefusalsTest {

    private static final List<String> OPERATORS = List.of(
            "=",
            "in",
            "!=",
            "<>",
            "not in",
            ">",
            ">=",
            "<",
            "<=",
            "between",
            "like",
            "not like",
            "is null",
            "is not null");

    @Test
    void more_than_32_conditions_are_refused() {
        List<Query> querys = Collections.nCopies(33, new Query("name", "is not null", null));

        ApiException refusal = refusal(new SearchRequest(querys, null));

        assertRefused(refusal, TOO_MANY_QUERYS, 33, 32);
    }

    @Test
    void more_than_1000_values_in_all_conditions_are_refused() {
        Query half = new Query("name", "in", Collections.nCopies(500, "v"));

        ApiException refusal =
                refusal(new SearchRequest(List.of(half, new Query("name", "=", List.of("v")), half), null));

        assertRefused(refusal, TOO_MANY_VALUES, 1001, 1000);
    }

    @Test
    void a_null_condition_is_refused_with_its_place() {
        Query good = new Query("name", "=", List.of("a"));

        ApiException refusal = refusal(new SearchRequest(Arrays.asList(good, null), null));

        assertRefused(refusal, NULL_ENTRY, "querys[1]");
    }

    @Test
    void a_null_sort_is_refused_with_its_place() {
        ApiException refusal = refusal(new SearchRequest(null, Collections.singletonList(null)));

        assertRefused(refusal, NULL_ENTRY, "sorts[0]");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Name", " name", "g.name", "vendor", "id"})
    void an_unknown_field_is_refused_in_conditions_and_in_sorts(String name) {
        ApiException ofCondition = refusal(new SearchRequest(List.of(new Query(name, "is null", null)), null));
        ApiException ofSort = refusal(new SearchRequest(null, List.of(new Sort(name, null))));

        assertRefused(ofCondition, UNKNOWN_FIELD, String.valueOf(name), List.of("name"));
        assertRefused(ofSort, UNKNOWN_FIELD, String.valueOf(name), List.of("name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "==", "notin", "n ot in", "not\tin", "not\u00A0in", "is", "like '%' or 1 = 1"})
    void an_unknown_operator_is_refused_with_the_accepted_operators(String op) {
        ApiException refusal = refusal(op, "a");

        assertRefused(refusal, UNKNOWN_OPERATOR, op, OPERATORS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " asc", "ascending", "desc nulls first", "1"})
    void an_unknown_order_is_refused(String order) {
        ApiException refusal = refusal(new SearchRequest(null, List.of(new Sort("name", order))));

        assertRefused(refusal, UNKNOWN_ORDER, order);
    }

    @ParameterizedTest
    @CsvSource({"asc, asc", "asc, desc", ", desc"})
    void sorting_by_a_field_twice_is_refused(String first, String second) {
        ApiException refusal =
                refusal(new SearchRequest(null, List.of(new Sort("name", first), new Sort("name", second))));

        assertRefused(refusal, SORTED_TWICE, "name");
    }

    @ParameterizedTest(name = "{0} with {2} values")
    @CsvSource({
        "=, =, 0, 1…n",
        "In, =, 0, 1…n",
        "<>, !=, 0, 1…n",
        "like, like, 0, 1…n",
        "not like, not like, 0, 1…n",
        ">, >, 0, 1",
        ">, >, 2, 1",
        ">=, >=, 2, 1",
        "<, <, 2, 1",
        "<=, <=, 2, 1",
        "between, between, 1, 2",
        "between, between, 3, 2",
        "is null, is null, 1, 0",
        "is not null, is not null, 1, 0"
    })
    void a_wrong_number_of_values_is_refused_with_the_accepted_number(
            String op, String named, int count, String accepted) {
        ApiException refusal = refusal(op, Collections.nCopies(count, "v").toArray(String[]::new));

        assertEquals(WRONG_NUMBER_OF_VALUES, refusal.problem());
        assertEquals(
                List.of(named, count, accepted),
                List.of(
                        refusal.arguments().get(0),
                        refusal.arguments().get(1),
                        String.valueOf(refusal.arguments().get(2))));
    }

    @Test
    void a_null_value_is_refused() {
        assertRefused(refusal("in", "a", null), NULL_VALUE, "name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\uD83D", "\uDE00\uD83D"})
    void a_value_that_cannot_be_stored_is_refused(String value) {
        assertRefused(refusal("=", value), UNSTORABLE_VALUE, "name", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"like", "not like"})
    void a_pattern_that_ends_in_a_lone_escape_is_refused(String op) {
        assertRefused(refusal(op, "a%", "b\\"), LONE_ESCAPE, "b\\");
    }

    @ParameterizedTest
    @CsvSource({"like, like", "Not  Like, not like"})
    void a_pattern_on_a_time_is_refused_before_its_values_are_checked(String op, String named) {
        assertRefused(ofCustomers(new Query("regDate", op, List.of("2026%"))), PATTERN_ON_TIME, named, "regDate");
    }

    @Test
    void a_value_that_is_not_a_time_is_refused_where_a_time_is_required() {
        Query query = new Query("regDate", "in", List.of("2026-01-01", "today"));

        assertRefused(ofCustomers(query), NOT_A_TIME, "regDate", "today");
    }

    @Test
    void each_resource_has_fields_of_its_own() {
        ApiException ofCondition = ofCustomers(new Query("city", "is null", null));
        ApiException ofSort = assertThrows(
                ApiException.class,
                () -> HqlTranslator.translate(
                        new SearchRequest(null, List.of(new Sort("referenceId", null))), Fields.CUSTOMERS));

        assertRefused(ofCondition, UNKNOWN_FIELD, "city", List.of("name", "groupName", "referenceId", "regDate"));
        assertRefused(ofSort, UNKNOWN_FIELD, "referenceId", List.of("name", "groupName", "regDate"));
    }

    @Test
    void a_trailing_backslash_is_an_ordinary_character_outside_of_patterns() {
        SearchRequest request = new SearchRequest(List.of(new Query("name", "=", List.of("b\\"))), null);

        assertEquals(
                "b\\",
                HqlTranslator.translate(request, Fields.GROUPS).parameters().get("p0"));
    }

    private static ApiException refusal(String op, String... values) {
        return refusal(new SearchRequest(List.of(new Query("name", op, Arrays.asList(values))), null));
    }

    private static ApiException ofCustomers(Query query) {
        return assertThrows(
                ApiException.class,
                () -> HqlTranslator.translate(new SearchRequest(List.of(query), null), Fields.CUSTOMERS));
    }

    private static ApiException refusal(SearchRequest request) {
        return assertThrows(ApiException.class, () -> HqlTranslator.translate(request, Fields.GROUPS));
    }

    private static void assertRefused(ApiException refusal, Problem problem, Object... arguments) {
        assertEquals(problem, refusal.problem());
        assertEquals(List.of(arguments), refusal.arguments());
    }
}
