package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HqlTranslatorTest {

    static Stream<Arguments> conditions() {
        return Stream.of(
                condition(null, List.of("a"), "g.name = :p0", Map.of("p0", "a")),
                condition("=", List.of("a"), "g.name = :p0", Map.of("p0", "a")),
                condition("=", List.of("a", "b"), "equal_any(:p0, g.name)", Map.of("p0", List.of("a", "b"))),
                condition("in", List.of("a"), "g.name = :p0", Map.of("p0", "a")),
                condition("in", List.of("a", "b"), "equal_any(:p0, g.name)", Map.of("p0", List.of("a", "b"))),
                condition("!=", List.of("a"), "g.name is distinct from :p0", Map.of("p0", "a")),
                condition("<>", List.of("a"), "g.name is distinct from :p0", Map.of("p0", "a")),
                condition(
                        "not in",
                        List.of("a", "b"),
                        "equal_any(:p0, g.name) is not true",
                        Map.of("p0", List.of("a", "b"))),
                condition(">", List.of("a"), "g.name > :p0", Map.of("p0", "a")),
                condition(">=", List.of("a"), "g.name >= :p0", Map.of("p0", "a")),
                condition("<", List.of("a"), "g.name < :p0", Map.of("p0", "a")),
                condition("<=", List.of("a"), "g.name <= :p0", Map.of("p0", "a")),
                condition("between", List.of("b", "a"), "g.name between :p0 and :p1", Map.of("p0", "b", "p1", "a")),
                condition("like", List.of("a%"), "g.name >= :p0 and g.name < :p1", Map.of("p0", "a", "p1", "b")),
                condition(
                        "like",
                        List.of("a_%"),
                        "g.name >= :p0 and g.name < :p1 and matches(:p2, g.name)",
                        Map.of("p0", "a", "p1", "b", "p2", "a_%")),
                condition(
                        "like",
                        List.of("a%", "_a"),
                        "(g.name >= :p0 and g.name < :p1 or matches(:p2, g.name))",
                        Map.of("p0", "a", "p1", "b", "p2", "_a")),
                condition("not like", List.of("%a"), "matches(:p0, g.name) is not true", Map.of("p0", "%a")),
                condition("not like", List.of("a%"), "matches(:p0, g.name) is not true", Map.of("p0", "a%")),
                condition(
                        "not like",
                        List.of("%a", "_b"),
                        "matches(:p0, g.name) is not true and matches(:p1, g.name) is not true",
                        Map.of("p0", "%a", "p1", "_b")),
                condition("is null", null, "g.name is null", Map.of()),
                condition("is not null", List.of(), "g.name is not null", Map.of()));
    }

    private static Arguments condition(String op, List<String> values, String where, Map<String, Object> parameters) {
        return Arguments.of(op, values, where, parameters);
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("conditions")
    void every_operator_has_its_condition_and_its_parameters(
            String op, List<String> values, String where, Map<String, Object> parameters) {
        SearchRequest request = new SearchRequest(List.of(new Query("name", op, values)), null);

        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

        assertEquals(
                new Hql(where, "g.name asc", hql.bound(), hql.isVersioned(), List.of(), parameters),
                ComparableHql.of(hql));
    }

    @Test
    void conditions_are_joined_by_and_with_parameters_of_their_own() {
        SearchRequest request = new SearchRequest(
                List.of(
                        new Query("name", "like", List.of("%a", "%b")),
                        new Query("name", "!=", List.of("c", "d")),
                        new Query("name", ">", List.of("e"))),
                null);

        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

        assertEquals(
                "(matches(:p0, g.name) or matches(:p1, g.name)) and equal_any(:p2, g.name) is not true and g.name > :p3",
                hql.where());
        assertEquals(
                Map.of("p0", "%a", "p1", "%b", "p2", List.of("c", "d"), "p3", "e"), ComparableHql.of(hql.parameters()));
    }

    @Test
    void up_to_four_patterns_become_one_condition_each() {
        List<String> patterns = List.of("%a", "%b", "%c", "%d");

        Hql hql = HqlTranslator.translate(
                new SearchRequest(List.of(new Query("name", "like", patterns)), null), Fields.GROUPS);

        assertEquals(Map.of("p0", "%a", "p1", "%b", "p2", "%c", "p3", "%d"), hql.parameters());
    }

    @ParameterizedTest
    @CsvSource({"like, ''", "not like, ' is not true'"})
    void more_than_four_patterns_are_one_parameter(String op, String isNotTrue) {
        List<String> patterns = List.of("a%", "b%", "c%", "d%", "e%");

        Hql hql = HqlTranslator.translate(
                new SearchRequest(List.of(new Query("name", op, patterns)), null), Fields.GROUPS);

        assertEquals("like_any(:p0, g.name)" + isNotTrue, hql.where());
        assertEquals(Map.of("p0", patterns), ComparableHql.of(hql.parameters()));
    }

    @Test
    void four_patterns_of_a_search_become_conditions_of_their_own_and_any_more_are_one_parameter_of_their_condition() {
        Hql hql = translate(
                Fields.GROUPS,
                query("name", "like", "a%"),
                query("name", "not like", "%a|%b"),
                query("name", "like", "%c|%d"),
                query("name", "like", "e_%"),
                query("name", "like", "f%"));

        assertEquals(
                "g.name >= :p0 and g.name < :p1"
                        + " and matches(:p2, g.name) is not true and matches(:p3, g.name) is not true"
                        + " and like_any(:p4, g.name)"
                        + " and g.name >= :p5 and g.name < :p6 and matches(:p7, g.name)"
                        + " and matches(:p8, g.name)",
                hql.where());
    }

    @Test
    void a_request_without_conditions_finds_everything_in_the_order_of_the_resource() {
        assertEquals(
                new Hql("1 = 1", "g.name asc", Bound.VALUES, true, List.of(), Map.of()),
                HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS));
        assertEquals(
                new Hql("1 = 1", "g.name asc", Bound.VALUES, true, List.of(), Map.of()),
                HqlTranslator.translate(new SearchRequest(List.of(), List.of()), Fields.GROUPS));
    }

    @ParameterizedTest
    @CsvSource({", asc", "asc, asc", "ASC, asc", "desc, desc", "Desc, desc", "dESC, desc"})
    void an_order_is_accepted_in_any_letter_case_and_is_ascending_by_default(String order, String expected) {
        SearchRequest request = new SearchRequest(null, List.of(new Sort("name", order)));

        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

        assertEquals("g.name " + expected, hql.orderBy());
    }

    @Test
    void as_many_conditions_and_values_as_the_limits_allow_are_accepted() {
        List<String> values = Stream.generate(() -> "v").limit(31).toList();
        List<String> rest = Stream.generate(() -> "v").limit(39).toList();
        List<Query> querys = Stream.concat(
                        Stream.generate(() -> new Query("name", "in", values)).limit(31),
                        Stream.of(new Query("name", "in", rest)))
                .toList();

        Hql hql = HqlTranslator.translate(new SearchRequest(querys, null), Fields.GROUPS);

        assertEquals(32, hql.parameters().size());
        assertEquals(rest, ComparableHql.of(hql.parameters()).get("p31"));
    }

    @ParameterizedTest(name = "{0} {1} {2} {3}: {4}")
    @CsvSource({
        "GROUPS, name, =, a, VALUES",
        "GROUPS, name, in, a|b, VALUES",
        "GROUPS, name, between, a|b, ROWS",
        "GROUPS, name, like, a, ROWS",
        "GROUPS, name, like, a%, ROWS",
        "GROUPS, name, like, a%b%, ROWS",
        "GROUPS, name, not like, a%, ROWS",
        "GROUPS, name, <>, a, ROWS",
        "GROUPS, name, >, a, ROWS",
        "GROUPS, name, is not null, , ROWS",
        "CUSTOMERS, name, =, a, GROUPS",
        "CUSTOMERS, name, in, a, GROUPS",
        "CUSTOMERS, name, in, a|b, ROWS",
        "CUSTOMERS, groupName, =, a, ROWS",
        "CUSTOMERS, referenceId, =, a, VALUES",
        "CUSTOMERS, referenceId, in, a|b, VALUES",
        "CUSTOMERS, referenceId, is null, , ROWS",
        "CUSTOMERS, regDate, =, 2026-01-05, ROWS",
        "CUSTOMERS, regDate, between, 0001-01-01|9999-12-31, ROWS"
    })
    void the_rows_that_a_search_reads_are_bounded_by_its_most_selective_condition(
            Fields fields, String field, String op, String values, Bound bound) {
        Query query = query(field, op, values);
        Query scan = query("name", "like", "%a%");

        assertEquals(bound, translate(fields, query).bound());
        assertEquals(bound, translate(fields, query, scan).bound());
        assertEquals(bound, translate(fields, scan, query).bound());
    }

    @Test
    void a_search_that_is_sorted_by_group_goes_through_all_groups_whatever_its_conditions_are() {
        List<Query> querys = List.of(new Query("referenceId", "=", List.of("a")));

        assertEquals(
                Bound.ROWS,
                HqlTranslator.translate(
                                new SearchRequest(querys, List.of(new Sort("groupName", null))), Fields.CUSTOMERS)
                        .bound());
        assertEquals(
                Bound.VALUES,
                HqlTranslator.translate(new SearchRequest(querys, List.of(new Sort("regDate", null))), Fields.CUSTOMERS)
                        .bound());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "GROUPS, name, VALUES",
        "CUSTOMERS, name, GROUPS",
        "CUSTOMERS, groupName, ROWS",
        "CUSTOMERS, regDate, ROWS"
    })
    void the_rows_that_a_search_without_conditions_reads_are_bounded_by_those_that_its_order_makes_equal(
            Fields fields, String field, Bound bound) {
        SearchRequest request = new SearchRequest(null, List.of(new Sort(field, "desc")));

        assertEquals(bound, HqlTranslator.translate(request, fields).bound());
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "name, =, a, true",
        "name, not like, %a%, true",
        "groupName, is null, , true",
        "name, in, a|b, false",
        "regDate, <, 2026-01-05, false",
        "referenceId, is null, , false"
    })
    void a_search_is_versioned_when_each_change_of_what_it_finds_changes_the_version_of_the_list(
            String field, String op, String values, boolean isVersioned) {
        Query query = query(field, op, values);
        Query versioned = query("name", "=", "a");

        assertEquals(isVersioned, translate(Fields.CUSTOMERS, query).isVersioned());
        assertEquals(isVersioned, translate(Fields.CUSTOMERS, versioned, query).isVersioned());
    }

    /** @param values separated by {@code |}; null for none */
    private static Query query(String field, String op, String values) {
        return new Query(field, op, values == null ? null : List.of(values.split("\\|")));
    }

    private static Hql translate(Fields fields, Query... querys) {
        return HqlTranslator.translate(new SearchRequest(List.of(querys), null), fields);
    }

    @Test
    void the_empty_text_is_an_ordinary_value() {
        SearchRequest request = new SearchRequest(List.of(new Query("name", "=", List.of(""))), null);

        Hql hql = HqlTranslator.translate(request, Fields.GROUPS);

        assertEquals(new Hql("g.name = :p0", "g.name asc", Bound.VALUES, true, List.of(), Map.of("p0", "")), hql);
    }

    static Stream<Arguments> customerConditions() {
        LocalDateTime day = LocalDateTime.of(2026, 1, 5, 0, 0);
        return Stream.of(
                Arguments.of(new Query("name", "=", List.of("a")), "c.name = :p0", Map.of("p0", "a")),
                Arguments.of(
                        new Query("groupName", "!=", List.of("")), "g.name is distinct from :p0", Map.of("p0", "")),
                Arguments.of(new Query("groupName", "is null", null), "c.groupId is null", Map.of()),
                Arguments.of(
                        new Query("referenceId", "not like", List.of("%a")),
                        "matches(:p0, c.referenceId) is not true",
                        Map.of("p0", "%a")),
                Arguments.of(
                        new Query("regDate", "between", List.of("2026-01-05", "2026-01-05 09:00:01")),
                        "c.regDate between :p0 and :p1",
                        Map.of("p0", day, "p1", day.withHour(9).withSecond(1))),
                Arguments.of(
                        new Query("regDate", "<>", List.of("2026-01-05")),
                        "c.regDate is distinct from :p0",
                        Map.of("p0", day)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("customerConditions")
    void every_field_of_customers_has_its_condition(Query query, String where, Map<String, Object> parameters) {
        Hql hql = translate(Fields.CUSTOMERS, query);

        assertEquals(
                new Hql(
                        where,
                        "c.name asc, g.name asc nulls first",
                        hql.bound(),
                        hql.isVersioned(),
                        List.of(),
                        parameters),
                hql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "regDate desc           | c.regDate desc, c.name asc, g.name asc nulls first",
                "groupName desc         | g.name desc nulls last, c.name asc",
                "groupName asc,name desc | g.name asc nulls first, c.name desc",
                "name desc              | c.name desc, g.name asc nulls first"
            })
    void the_order_of_customers_is_made_total_by_name_and_then_by_group(String sorts, String orderBy) {
        List<Sort> asked = Stream.of(sorts.split(","))
                .map(sort -> sort.split(" "))
                .map(sort -> new Sort(sort[0], sort[1]))
                .toList();

        assertEquals(
                orderBy,
                HqlTranslator.translate(new SearchRequest(null, asked), Fields.CUSTOMERS)
                        .orderBy());
    }

    @Test
    void rows_without_a_value_in_the_first_sort_field_are_a_separate_part() {
        Hql.Part ungrouped = new Hql.Part("c.name asc", null);

        assertEquals(
                List.of(ungrouped, new Hql.Part("g.name asc, c.name asc", "c.name asc")),
                parts(new Sort("groupName", null)));
        assertEquals(
                List.of(new Hql.Part("g.name desc, c.name asc", "c.name asc"), ungrouped),
                parts(new Sort("groupName", "desc")));
        assertEquals(
                List.of(
                        new Hql.Part("c.regDate desc, c.name asc", null),
                        new Hql.Part("g.name asc, c.regDate desc, c.name asc", "c.regDate desc, c.name asc")),
                parts(new Sort("groupName", "asc"), new Sort("regDate", "desc")));
    }

    @Test
    void a_search_sorted_first_by_a_field_that_always_has_a_value_has_no_parts() {
        assertEquals(List.of(), parts());
        assertEquals(List.of(), parts(new Sort("name", null), new Sort("groupName", null)));
    }

    private static List<Hql.Part> parts(Sort... sorts) {
        return HqlTranslator.translate(new SearchRequest(null, List.of(sorts)), Fields.CUSTOMERS)
                .parts();
    }
}
