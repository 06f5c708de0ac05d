package backoffice.search;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import backoffice.docs.ApiTables;
import backoffice.envelope.ApiException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperatorTest {

    private static final Field NULLABLE =
            new Field("groupName", "c.group.name", Field.Type.TEXT, "c.groupId", true, Bound.ROWS);
    private static final Field TIME = new Field("regDate", "c.regDate", Field.Type.TIME, null, true, Bound.ROWS);
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 2, 28, 12, 0, 0);
    private static final LocalDateTime NIGHT = LocalDateTime.of(2026, 2, 28, 23, 59, 59);

    @ParameterizedTest
    @CsvSource({
        "'=', EQUAL",
        "'in', EQUAL",
        "'IN', EQUAL",
        "'  in ', EQUAL",
        "'!=', NOT_EQUAL",
        "'<>', NOT_EQUAL",
        "'not in', NOT_EQUAL",
        "'Not  IN', NOT_EQUAL",
        "' > ', GREATER",
        "'>=', GREATER_OR_EQUAL",
        "'<', LESS",
        "'<=', LESS_OR_EQUAL",
        "'BETWEEN', BETWEEN",
        "'Like', LIKE",
        "'NOT   like', NOT_LIKE",
        "'is null', IS_NULL",
        "'   Is    Null   ', IS_NULL",
        "'is not null', IS_NOT_NULL",
        "'IS  NOT  NULL', IS_NOT_NULL"
    })
    void a_wire_name_is_accepted_in_any_letter_case_and_spacing(String op, Operator operator) {
        assertSame(operator, Operator.of(op));
    }

    @ParameterizedTest
    @CsvSource({
        "EQUAL, '=,in'",
        "NOT_EQUAL, '!=,<>,not in'",
        "GREATER, '>'",
        "GREATER_OR_EQUAL, '>='",
        "LESS, '<'",
        "LESS_OR_EQUAL, '<='",
        "BETWEEN, 'between'",
        "LIKE, 'like'",
        "NOT_LIKE, 'not like'",
        "IS_NULL, 'is null'",
        "IS_NOT_NULL, 'is not null'"
    })
    void an_operator_lists_all_its_wire_names(Operator operator, String names) {
        assertEquals(List.of(names.split(",")), operator.wireNames());
    }

    @Test
    void each_operator_has_a_meaning_of_its_own_in_the_documentation() {
        Set<String> meanings = Stream.of(Operator.values())
                .map(ApiTables::meaning)
                .filter(meaning -> !meaning.isBlank())
                .collect(toSet());

        assertEquals(Operator.values().length, meanings.size());
    }

    @Test
    void an_absent_op_means_equal() {
        assertSame(Operator.EQUAL, Operator.of(null));
    }

    @Test
    void an_op_with_a_million_spaces_is_refused_quickly() {
        String op = "not" + " ".repeat(1_000_000) + "x";

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> assertThrows(ApiException.class, () -> Operator.of(op)));
    }

    @Test
    void a_field_without_a_value_matches_not_equal() {
        assertCondition(
                "c.group.name is distinct from :p0", Map.of("p0", "a"), Operator.NOT_EQUAL, NULLABLE, List.of("a"));
        assertCondition(
                "equal_any(:p0, c.group.name) is not true",
                Map.of("p0", List.of("a", "b")),
                Operator.NOT_EQUAL,
                NULLABLE,
                List.of("a", "b"));
    }

    @Test
    void a_field_without_a_value_matches_not_like() {
        assertCondition(
                "matches(:p0, c.group.name) is not true and matches(:p1, c.group.name) is not true",
                Map.of("p0", "%a", "p1", "%b"),
                Operator.NOT_LIKE,
                NULLABLE,
                List.of("%a", "%b"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "EQUAL            | c.group.name = :p0",
                "GREATER          | c.group.name > :p0",
                "GREATER_OR_EQUAL | c.group.name >= :p0",
                "LESS             | c.group.name < :p0",
                "LESS_OR_EQUAL    | c.group.name <= :p0"
            })
    void a_field_without_a_value_matches_no_affirmative_operator(Operator operator, String where) {
        assertCondition(where, Map.of("p0", "a"), operator, NULLABLE, List.of("a"));
    }

    @Test
    void a_field_without_a_value_matches_no_pattern() {
        assertCondition("matches(:p0, c.group.name)", Map.of("p0", "%"), Operator.LIKE, NULLABLE, List.of("%"));
    }

    @Test
    void is_null_and_is_not_null_have_no_parameters() {
        assertCondition("c.groupId is null", Map.of(), Operator.IS_NULL, NULLABLE, List.of());
        assertCondition("c.groupId is not null", Map.of(), Operator.IS_NOT_NULL, NULLABLE, List.of());
    }

    @Test
    void times_are_bound_as_times() {
        assertCondition("c.regDate = :p0", Map.of("p0", NOON), Operator.EQUAL, TIME, List.of(NOON));
        assertCondition("c.regDate is distinct from :p0", Map.of("p0", NOON), Operator.NOT_EQUAL, TIME, List.of(NOON));
        assertCondition("c.regDate >= :p0", Map.of("p0", NOON), Operator.GREATER_OR_EQUAL, TIME, List.of(NOON));
        assertCondition(
                "c.regDate between :p0 and :p1",
                Map.of("p0", NOON, "p1", NIGHT),
                Operator.BETWEEN,
                TIME,
                List.of(NOON, NIGHT));
        assertCondition(
                "equal_any(:p0, c.regDate)",
                Map.of("p0", List.of(NOON, NIGHT)),
                Operator.EQUAL,
                TIME,
                List.of(NOON, NIGHT));
    }

    private static void assertCondition(
            String where, Map<String, Object> parameters, Operator operator, Field field, List<?> values) {
        Parameters to = new Parameters();
        List<?> parsed = operator.matchesPatterns()
                ? values.stream().map(text -> LikePattern.of((String) text)).toList()
                : values;

        assertEquals(where, operator.hql(field, parsed, to));
        assertEquals(parameters, ComparableHql.of(to.values()));
    }
}
