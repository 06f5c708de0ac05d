package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.search.SearchRequest.Query;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HQL of {@code contains}, for one text of a row and for any. */
class ContainsTest {

    /** Stands in the table below as TEXTS. */
    private static final String TEXTS =
            "texts(c.name, c.description, c.officeNumber, c.mobileNumber, c.email, c.address,"
                    + " c.city, c.country, c.postcode, c.contact, c.referenceId)";

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            GROUPS    | name | a%_\\b,c  | (contains_text(:p0, g.name) or contains_text(:p1, g.name))                                                                                                                                                                                                                                | [%a\\%\\_\\\\b%, %c%]
            CUSTOMERS | city | a         | contains_text(:p0, c.city) and contains_text(:p0, TEXTS)                                                                                                                                                                                                                                  | [%a%]
            CUSTOMERS | city | a,b,c,d,e | contains_any(:p0, c.city) and contains_any(:p0, TEXTS)                                                                                                                                                                                                                                    | [[%a%, %b%, %c%, %d%, %e%]]
            CUSTOMERS | any  | a         | (contains_text(:p0, TEXTS) or in_array_of((select named.id from CustomerGroup named where named.vendor = :vendor and contains_text(:p0, named.name)), c.groupId))                                                                                                                         | [%a%]
            CUSTOMERS | any  | 1,北       | (((matches(:p0, TEXTS) or matches(:p1, TEXTS)) and ((contains_text(:p0, TEXTS) or contains_text(:p1, TEXTS)))) or in_array_of((select named.id from CustomerGroup named where named.vendor = :vendor and (contains_text(:p0, named.name) or contains_text(:p1, named.name))), c.groupId)) | [%1%, %北%]
            CUSTOMERS | any  | 1,2,3,4,5 | ((like_any(:p0, TEXTS) and (contains_any(:p0, TEXTS))) or in_array_of((select named.id from CustomerGroup named where named.vendor = :vendor and contains_any(:p0, named.name)), c.groupId))                                                                                              | [[%1%, %2%, %3%, %4%, %5%]]
            """)
    void a_text_is_looked_for_in_its_field_or_in_any_text_by_one_expression(
            Fields fields, String field, String values, String where, String parameters) {
        Hql hql = search(fields, field, "contains", values.split(","));

        assertEquals(" and " + where.replace("TEXTS", TEXTS), hql.where().all());
        assertEquals(parameters, SearchTranslationTest.bound(hql));
    }

    @ParameterizedTest
    @CsvSource({"a, false", "É, false", "\u0080, false", "1é, false", "1, true", "'+86 (0)', true", "北京, true"})
    void a_text_without_letter_case_is_compared_as_it_is_first(String text, boolean isFirst) {
        String where = where("any", text);

        assertEquals(isFirst, where.contains("matches("));
        assertTrue(where.contains("contains_text(:p0, texts("));
    }

    @Test
    void a_text_with_the_separator_of_texts_is_not_found_across_two_of_them() {
        String where = where("any", "a" + HqlFunction.SEPARATOR + "b");

        assertTrue(
                where.startsWith(" and (contains_text(:p0, c.name) or contains_text(:p0, c.description) or "), where);
    }

    @Test
    void postgresql_expects_more_rows_with_a_part_of_a_text_than_there_are() {
        assertTrue(search(Fields.CUSTOMERS, "any", "contains", "a").where().isSparse());
        assertFalse(search(Fields.CUSTOMERS, "city", "=", "a").where().isSparse());
    }

    private static String where(String field, String text) {
        return search(Fields.CUSTOMERS, field, "contains", text).where().all();
    }

    private static Hql search(Fields fields, String field, String op, String... values) {
        return HqlTranslator.translate(new SearchRequest(List.of(new Query(field, op, List.of(values))), null), fields);
    }
}
