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
                condition("!=", List.of("a"), "not g.name = :p0", Map.of("p0", "a")),
                condition("<>", List.of("a"), "not g.name = :p0", Map.of("p0", "a")),
                condition("not in", List.of("a", "b"), "not equal_any(:p0, g.name)", Map.of("p0", List.of("a", "b"))),
                condition(">", List.of("a"), "g.name > :p0", Map.of("p0", "a")),
                condition(">=", List.of("a"), "g.name >= :p0", Map.of("p0", "a")),
                condition("<", List.of("a"), "g.name < :p0", Map.of("p0", "a")),
                condition("<=", List.of("a"), "g.name <= :p0", Map.of("p0", "a")),
                condition("between", List.of("b", "a"), "g.name between :p0 and :p1", Map.of("p0", "b", "p1", "a")),
                condition("like", List.of("a%"), "(g.name >= :p0 and g.name < :p1)", Map.of("p0", "a", "p1", "b")),
                condition(
                        "like",
                        List.of("a_%"),
                        "(g.name >= :p0 and g.name < :p1 and matches(:p2, g.name))",
                        Map.of("p0", "a", "p1", "b", "p2", "a_%")),
                condition(
                        "like",
                        List.of("a%", "_a"),
                        "(g.name >= :p0 and g.name < :p1 or matches(:p2, g.name))",
                        Map.of("p0", "a", "p1", "b", "p2", "_a")),
                condition("not like", List.of("%a"), "not matches(:p0, g.name)", Map.of("p0", "%a")),
                condition(
                        "not like",
                        List.of("%a", "_b"),
                        "not (matches(:p0, g.name) or matches(:p1, g.name))",
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
                new Hql(where, "g.name asc", hql.isIndexed(), hql.isVersioned(), List.of(), parameters),
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
                "(matches(:p0, g.name) or matches(:p1, g.name)) and not equal_any(:p2, g.name) and g.name > :p3",
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
    @CsvSource({"like, ''", "not like, 'not '"})
    void more_than_four_patterns_are_one_parameter(String op, String not) {
        List<String> patterns = List.of("a%", "b%", "c%", "d%", "e%");

        Hql hql = HqlTranslator.translate(
                new SearchRequest(List.of(new Query("name", op, patterns)), null), Fields.GROUPS);

        assertEquals(not + "like_any(:p0, g.name)", hql.where());
        assertEquals(Map.of("p0", patterns), ComparableHql.of(hql.parameters()));
    }

    @Test
    void a_request_without_conditions_finds_everything_in_the_order_of_the_resource() {
        assertEquals(
                new Hql("1 = 1", "g.name asc", true, true, List.of(), Map.of()),
                HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS));
        assertEquals(
                new Hql("1 = 1", "g.name asc", true, true, List.of(), Map.of()),
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

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "=, a, true",
        "in, a|b, true",
        "between, a|b, true",
        "like, a%, true",
        "like, a%|b%, true",
        "like, a_b, true",
        "like, %a%, false",
        "like, _a%, false",
        "like, a%|%b, false",
        "like, a%|b%|c%|d%|e%, false",
        "not like, a%, false",
        "<>, a, false",
        ">, a, false",
        "is not null, , false"
    })
    void a_search_is_indexed_when_an_index_bounds_the_rows_of_a_condition(String op, String values, boolean isIndexed) {
        Query query = query("name", op, values);
        Query scan = query("name", "like", "%a%");

        assertEquals(isIndexed, translate(Fields.GROUPS, query).isIndexed());
        assertEquals(isIndexed, translate(Fields.GROUPS, query, scan).isIndexed());
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

        assertEquals(new Hql("g.name = :p0", "g.name asc", true, true, List.of(), Map.of("p0", "")), hql);
    }

    static Stream<Arguments> customerConditions() {
        LocalDateTime day = LocalDateTime.of(2026, 1, 5, 0, 0);
        return Stream.of(
                Arguments.of(new Query("name", "=", List.of("a")), "c.name = :p0", Map.of("p0", "a")),
                Arguments.of(
                        new Query("groupName", "!=", List.of("")),
                        "(c.groupId is null or not g.name = :p0)",
                        Map.of("p0", "")),
                Arguments.of(new Query("groupName", "is null", null), "c.groupId is null", Map.of()),
                Arguments.of(
                        new Query("referenceId", "not like", List.of("%a")),
                        "(c.referenceId is null or not matches(:p0, c.referenceId))",
                        Map.of("p0", "%a")),
                Arguments.of(
                        new Query("regDate", "between", List.of("2026-01-05", "2026-01-05 09:00:01")),
                        "c.regDate between :p0 and :p1",
                        Map.of("p0", day, "p1", day.withHour(9).withSecond(1))),
                Arguments.of(
                        new Query("regDate", "<>", List.of("2026-01-05")), "not c.regDate = :p0", Map.of("p0", day)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("customerConditions")
    void every_field_of_customers_has_its_condition(Query query, String where, Map<String, Object> parameters) {
        Hql hql = translate(Fields.CUSTOMERS, query);

        assertEquals(
                new Hql(
                        where,
                        "c.name asc, g.name asc nulls first",
                        hql.isIndexed(),
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
