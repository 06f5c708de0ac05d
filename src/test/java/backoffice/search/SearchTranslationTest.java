package backoffice.search;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.ApiTables;
import backoffice.search.SearchRequest.Query;
import backoffice.search.SearchRequest.Sort;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HQL of searches and its parameters. {@code CustomerSearchOracleIT} compares what PostgreSQL finds with an oracle. */
class SearchTranslationTest {

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GROUPS    | name        | -                 | a             | g.name = :p0                                             | [a]
            GROUPS    | name        | =                 | b\\           | g.name = :p0                                             | [b\\]
            GROUPS    | name        | =                 | a,b           | equal_any(:p0, g.name)                                   | [[a, b]]
            GROUPS    | name        | in                | a             | g.name = :p0                                             | [a]
            GROUPS    | name        | '  In '           | a,b           | equal_any(:p0, g.name)                                   | [[a, b]]
            GROUPS    | name        | !=                | a             | g.name is distinct from :p0                              | [a]
            GROUPS    | name        | <>                | a             | g.name is distinct from :p0                              | [a]
            GROUPS    | name        | 'Not  IN'         | a,b           | equal_any(:p0, g.name) is not true                       | [[a, b]]
            GROUPS    | name        | ' > '             | a             | g.name > :p0                                             | [a]
            GROUPS    | name        | >=                | a             | g.name >= :p0                                            | [a]
            GROUPS    | name        | <                 | a             | g.name < :p0                                             | [a]
            GROUPS    | name        | <=                | a             | g.name <= :p0                                            | [a]
            GROUPS    | name        | BETWEEN           | b,a           | g.name between :p0 and :p1                               | [b, a]
            GROUPS    | name        | Like              | a%            | g.name >= :p0 and g.name < :p1                           | [a, b]
            GROUPS    | name        | like              | a_%           | g.name >= :p0 and g.name < :p1 and matches(:p2, g.name)  | [a, b, a_%]
            GROUPS    | name        | like              | a%,_a         | (g.name >= :p0 and g.name < :p1 or matches(:p2, g.name)) | [a, b, _a]
            GROUPS    | name        | like              | a%,b%,c%,d%,e% | like_any(:p0, g.name)                                   | [[a%, b%, c%, d%, e%]]
            GROUPS    | name        | not like          | a%,b%,c%,d%,e% | like_any(:p0, g.name) is not true                       | [[a%, b%, c%, d%, e%]]
            GROUPS    | name        | 'NOT   like'      | a%            | matches(:p0, g.name) is not true                         | [a%]
            GROUPS    | name        | not like          | %a,_b         | matches(:p0, g.name) is not true and matches(:p1, g.name) is not true | [%a, _b]
            GROUPS    | name        | '   Is    Null   ' | -            | g.name is null                                           | []
            GROUPS    | name        | 'IS  NOT  NULL'   | -             | g.name is not null                                       | []
            CUSTOMERS | name        | =                 | a             | c.name = :p0                                             | [a]
            CUSTOMERS | groupName   | =                 | a             | g.name = :p0                                             | [a]
            CUSTOMERS | groupName   | !=                | a             | g.name is distinct from :p0                              | [a]
            CUSTOMERS | groupName   | like              | %             | matches(:p0, g.name)                                     | [%]
            CUSTOMERS | groupName   | is null           | -             | c.groupId is null                                        | []
            CUSTOMERS | groupName   | is not null       | -             | c.groupId is not null                                    | []
            CUSTOMERS | referenceId | not like          | %a            | matches(:p0, c.referenceId) is not true                  | [%a]
            CUSTOMERS | regDate     | =                 | 2026-02-28 23:59:59 | c.regDate = :p0                                    | [2026-02-28T23:59:59]
            CUSTOMERS | regDate     | <>                | 2026-01-05    | c.regDate is distinct from :p0                           | [2026-01-05T00:00]
            CUSTOMERS | regDate     | >=                | 0001-01-01    | c.regDate >= :p0                                         | [0001-01-01T00:00]
            CUSTOMERS | regDate     | between           | 2024-02-29 00:00:00,9999-12-31 | c.regDate between :p0 and :p1           | [2024-02-29T00:00, 9999-12-31T00:00]
            CUSTOMERS | regDate     | in                | 2026-01-05,2026-01-06 | equal_any(:p0, c.regDate)                        | [[2026-01-05T00:00, 2026-01-06T00:00]]
            GROUPS    | name        | like              | %a,%b,%c,%d   | (matches(:p0, g.name) or matches(:p1, g.name) or matches(:p2, g.name) or matches(:p3, g.name)) | [%a, %b, %c, %d]
            """)
    void every_operator_and_every_field_has_its_condition_and_its_parameters(
            Fields fields, String field, String op, String values, String where, String parameters) {
        Hql hql = translate(fields, query(field, op, values));

        assertEquals(" and " + where, hql.where().all());
        assertEquals(parameters, bound(hql));
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
    void four_patterns_of_a_search_become_conditions_of_their_own_and_any_more_are_one_parameter_of_their_condition() {
        Hql hql = translate(
                Fields.GROUPS,
                query("name", "like", "a%"),
                query("name", "not like", "%a,%b"),
                query("name", "like", "%c,%d"),
                query("name", "like", "e_%"),
                query("name", "like", "f%"),
                query("name", "not like", "%g"));

        assertEquals(
                " and g.name >= :p0 and g.name < :p1"
                        + " and matches(:p2, g.name) is not true and matches(:p3, g.name) is not true"
                        + " and like_any(:p4, g.name)"
                        + " and g.name >= :p5 and g.name < :p6 and matches(:p7, g.name)"
                        + " and matches(:p8, g.name)"
                        + " and matches(:p9, g.name) is not true",
                hql.where().all());
        assertEquals("[a, b, %a, %b, [%c, %d], e, f, e_%, f%, %g]", bound(hql));
    }

    @Test
    void one_pattern_that_has_no_range_leaves_the_conditions_of_their_own_to_others() {
        Hql hql = translate(Fields.GROUPS, query("name", "like", "%x"), query("name", "not like", "%a,%b,%c,%d"));

        assertEquals(5, hql.parameters().size());
    }

    @Test
    void a_text_is_bound_as_sent() {
        for (String text :
                List.of("", " ", "2026-02-30", "甲😀", "\n\t\u007F", "'; drop table customer --", ":p0", "\\")) {
            Hql hql = translate(Fields.GROUPS, new Query("name", "=", List.of(text)));

            assertEquals(List.of(text), List.copyOf(hql.parameters().values()));
        }
    }

    @Test
    void a_request_without_conditions_finds_everything_in_the_order_of_the_resource() {
        Hql everything = new Hql(
                Hql.Where.EVERYTHING,
                new Hql.OrderBy("g.name asc", "g.name asc", List.of()),
                new Hql.Effort(false, 1),
                Map.of());

        assertEquals(everything, HqlTranslator.translate(SearchRequest.EVERYTHING, Fields.GROUPS));
        assertEquals(everything, HqlTranslator.translate(new SearchRequest(List.of(), List.of()), Fields.GROUPS));
        assertTrue(everything.where().isEmpty());
        assertFalse(translate(Fields.GROUPS, query("name", "=", "a")).where().isEmpty());
    }

    @Test
    void a_list_is_sorted_by_its_identity_and_its_times() {
        assertEquals(
                List.of("c.name", "g.name", "c.regDate"),
                Fields.CUSTOMERS.sortable().toList());
    }

    @Test
    void as_many_conditions_and_values_as_the_limits_allow_are_accepted() {
        Query of31 = new Query("name", "in", Collections.nCopies(31, "v"));
        Query[] querys = Collections.nCopies(32, of31).toArray(Query[]::new);
        querys[31] = new Query("name", "in", Collections.nCopies(39, "v"));

        assertEquals(32, translate(Fields.GROUPS, querys).parameters().size());
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource(delimiter = '|', textBlock = """
            GROUPS    | name        | =           | a                     | true
            GROUPS    | name        | in          | a,b                   | true
            GROUPS    | name        | like        | a_                    | false
            GROUPS    | name        | <>          | a                     | false
            GROUPS    | name        | is not null |                       | false
            CUSTOMERS | name        | =           | a                     | true
            CUSTOMERS | name        | in          | a,b                   | true
            CUSTOMERS | groupName   | =           | a                     | false
            CUSTOMERS | city        | =           | a                     | false
            CUSTOMERS | referenceId | in          | a,b                   | true
            CUSTOMERS | referenceId | is null     |                       | false
            CUSTOMERS | referenceId | contains    | a                     | false
            CUSTOMERS | regDate     | =           | 2026-01-05            | false
            CUSTOMERS | regDate     | between     | 0001-01-01,9999-12-31 | false
            """)
    void values_of_a_key_bound_the_rows_that_a_search_reads_whatever_other_conditions_it_has(
            Fields fields, String field, String op, String values, boolean isBounded) {
        Query query = query(field, op, values);
        Query scan = query("name", "like", "%a%");

        assertEquals(isBounded, translate(fields, query).effort().isBounded());
        assertEquals(isBounded, translate(fields, query, scan).effort().isBounded());
        assertEquals(isBounded, translate(fields, scan, query).effort().isBounded());
    }

    @ParameterizedTest(name = "{0} {1} {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            name    | >           | a   | true
            name    | <=          | a   | true
            name    | between     | a,b | true
            name    | like        | a%  | true
            name    | like        | a_% | false
            name    | like        | a%,b% | false
            name    | not like    | a%  | false
            regDate | >           | 2026-01-01 | false
            """)
    void row_counts_bound_the_rows_of_a_search_for_a_range_of_names_alone(
            String field, String op, String values, boolean isBounded) {
        Query query = query(field, op, values);
        SearchRequest byTime = new SearchRequest(List.of(query), List.of(new Sort("regDate", null)));

        assertEquals(isBounded, translate(Fields.CUSTOMERS, query).effort().isBounded());
        assertFalse(translate(Fields.CUSTOMERS, query, query).effort().isBounded());
        assertFalse(HqlTranslator.translate(byTime, Fields.CUSTOMERS).effort().isBounded());
    }

    @ParameterizedTest
    @CsvSource({"name, true", "regDate, true", "groupName, false"})
    void a_search_for_a_key_that_is_sorted_by_group_reads_all_groups(String sort, boolean isBounded) {
        SearchRequest request =
                new SearchRequest(List.of(query("referenceId", "=", "a")), List.of(new Sort(sort, "desc")));

        assertEquals(
                isBounded,
                HqlTranslator.translate(request, Fields.CUSTOMERS).effort().isBounded());
    }

    @Test
    void each_row_is_compared_with_the_values_of_all_conditions() {
        assertEquals(1, translate(Fields.CUSTOMERS).effort().values());
        assertEquals(
                5,
                translate(Fields.CUSTOMERS, query("name", "like", "%a%,%b%"), query("city", "in", "a,b,c"))
                        .effort()
                        .values());
    }

    @ParameterizedTest(name = "{0} {1} {2}: reads the group {3}, is found by group {4}")
    @CsvSource(delimiter = '|', textBlock = """
            name        | =           | a   | false | false
            referenceId | is null     |     | false | false
            referenceId | =           | a   | false | false
            groupName   | =           | a   | true  | true
            groupName   | in          | a,b | true  | true
            groupName   | between     | a,b | true  | true
            groupName   | like        | a%  | true  | true
            groupName   | <>          | a   | true  | false
            groupName   | not in      | a,b | true  | false
            groupName   | not like    | a%  | true  | false
            groupName   | is null     |     | false | false
            groupName   | is not null |     | false | false
            """)
    void customers_are_found_by_group_when_a_condition_finds_only_customers_with_certain_groups(
            String field, String op, String values, boolean readsGroup, boolean isByGroup) {
        Query query = query(field, op, values);
        List<Hql.Part> byGroup = List.of(new Hql.Part("c.name asc, g.name asc", "c.name asc"));

        Hql hql = translate(Fields.CUSTOMERS, query, query("name", "like", "a%"));

        assertEquals(readsGroup, hql.where().readsJoined());
        assertEquals(isByGroup ? byGroup : List.of(), hql.orderBy().parts());
    }

    /** The last columns: the beginning without a group, and the parts, each with its order and the order within a group. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            GROUPS    | name                       | g.name asc                                         | g.name asc                 | -                                   | -
            GROUPS    | name dESC                  | g.name desc                                        | g.name desc                | -                                   | -
            CUSTOMERS | name DESC                  | c.name desc, g.name asc nulls first                | c.name desc                | -                                   | -
            CUSTOMERS | name,groupName             | c.name asc, g.name asc nulls first                 | c.name asc                 | -                                   | -
            CUSTOMERS | regDate                    | c.regDate asc, c.name asc, g.name asc nulls first  | c.regDate asc, c.name asc  | -                                   | -
            CUSTOMERS | regDate desc               | c.regDate desc, c.name asc, g.name asc nulls first | c.regDate desc, c.name asc | -                                   | -
            CUSTOMERS | groupName                  | g.name asc nulls first, c.name asc                 | ''                         | c.name asc: -                       | g.name asc, c.name asc: c.name asc
            CUSTOMERS | groupName Desc             | g.name desc nulls last, c.name asc                 | ''                         | g.name desc, c.name asc: c.name asc | c.name asc: -
            CUSTOMERS | groupName ASC,name desc    | g.name asc nulls first, c.name desc                | ''                         | c.name desc: -                      | g.name asc, c.name desc: c.name desc
            CUSTOMERS | groupName asc,regDate desc | g.name asc nulls first, c.regDate desc, c.name asc | ''                         | c.regDate desc, c.name asc: -       | g.name asc, c.regDate desc, c.name asc: c.regDate desc, c.name asc
            """)
    void an_order_is_made_total_and_missing_values_sort_first_ascending_and_last_descending_as_a_part_of_their_own(
            Fields fields, String sorts, String orderBy, String ofRows, String first, String second) {
        List<Sort> asked = Stream.of(sorts.split(","))
                .map(sort -> sort.split(" "))
                .map(sort -> new Sort(sort[0], sort.length == 1 ? null : sort[1]))
                .toList();
        List<Hql.Part> parts = Stream.of(first, second)
                .filter(part -> part != null)
                .map(part -> part.split(": "))
                .map(part -> new Hql.Part(part[0], part[1].equals("-") ? null : part[1]))
                .toList();

        Hql hql = HqlTranslator.translate(new SearchRequest(null, asked), fields);

        assertEquals(orderBy, hql.orderBy().all());
        assertEquals(ofRows, hql.orderBy().ofRows());
        assertEquals(parts, hql.orderBy().parts());
    }

    /** @param values separated by commas; null for none */
    private static Query query(String field, String op, String values) {
        return new Query(field, op, values == null ? null : List.of(values.split(",")));
    }

    private static Hql translate(Fields fields, Query... querys) {
        return HqlTranslator.translate(new SearchRequest(List.of(querys), null), fields);
    }

    /** The values of the parameters in their order, as text. */
    static String bound(Hql hql) {
        return Arrays.deepToString(hql.parameters().values().toArray());
    }
}
