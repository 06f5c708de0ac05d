package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The option {@code --overwrite} of the command {@code import}. */
@QuarkusTest
class OverwriteTest extends ServerImport {

    @Test
    void the_customers_that_differ_are_replaced_and_no_others_are_written() {
        here(
                "{'name':'same','city':'old','regDate':'2020-01-02 00:00:00'}",
                "{'name':'differs','city':'old','email':'e'}");
        customers(
                "{'name':'differs','city':'new','regDate':'2021-01-01'}",
                "{'name':'new'}",
                "{'name':'same','city':'old','regDate':'2020-01-02'}");

        assertCounts(
                "customers already there: 1, customers changed: 1, customers new: 1, customers read: 3", overwrite());
        assertCounts("customers already there: 3, customers read: 3", overwrite());

        assertEquals("differs||2021-01-01 00:00:00|new|", stored("differs"));
        assertEquals("0", Sql.text("select count(*) from customer where email is not null"));
        assertEquals(1, target.requests("POST", "/customers ").size());
    }

    @Test
    void a_customer_that_moved_or_was_renamed_gets_its_new_place() {
        // Given customers that are moved, renamed, moved to none, both, and one in whose old group another one has the
        // new name
        createGroups("g");
        here(json("g/moved old 1", "g/renamed 2", "g/alone 3", "/both 4", "g/x 5", "g/y 6"));
        String ids = "select string_agg(reference_id || ':' || id, ' ' order by reference_id) from customer";
        String before = Sql.text(ids);
        groups("{'name':'g'}", "{'name':'h'}");
        there("new/moved new 1", "g/renamed2 2", "/alone 3", "h/both2 4", "h/y 5", "g/y 6");

        String dryRun = importFrom(source(), true, true).toString();

        assertThat(dryRun, containsString("customers moved: 5\n"));
        assertCounts(
                "customers already there: 1, customers changed: 5, customers moved: 5, customers read: 6, "
                        + "groups already there: 1, groups new: 2, groups read: 2",
                overwrite());
        assertCounts(
                "customers already there: 6, customers read: 6, groups already there: 2, groups read: 2", overwrite());
        assertEquals("new/moved new 1, g/renamed2 2, /alone 3, h/both2 4, h/y 5, g/y 6", places());
        assertEquals(before, Sql.text(ids));
    }

    @Test
    void customers_take_the_places_of_each_other() {
        // Given a chain, an exchange of names, one of referenceIds, a new customer at an old place, and one that is
        // gone
        here(json("/a 1", "/b 2", "/c 3", "/d 4", "/e 5", "/f 6", "/g 7"));
        there("/a 2", "/b 3", "/d x 5", "/e y 4", "/f new", "/g 8", "/y 6", "/z 1");

        String first = overwrite().toString();

        assertEquals("/z 1, /a 2, /b 3, /e y 4, /d x 5, /y 6, /g 8, /f new", places());
        assertThat(printed(), not(containsString("refused")));
        assertThat(first, containsString("customers moved: 4\n"));
        assertCounts("customers already there: 8, customers read: 8", overwrite());
    }

    @Test
    void a_customer_here_whose_place_one_over_there_has_keeps_its_name_without_the_referenceId() {
        here(json("/a 1", "/b kept 2"));
        there("/a 2");

        overwrite();

        assertEquals("/a 2, /b kept", places());
    }

    @Test
    void no_customer_is_moved_without_the_option_or_by_a_referenceId_that_the_source_has_twice() {
        here(json("/a 1"));
        there("/b 1");
        assertCounts("customers read: 1, customers refused with status 2103: 1", importAll());

        there("/a 1", "/b 1");
        assertCounts(
                "customers already there: 1, customers read: 2, customers refused with status 2103: 1", overwrite());
        assertEquals("/a 1", places());
    }

    /** Makes these the customers of the source, in the form of {@link #places}. */
    private void there(String... places) {
        customers(json(places));
    }

    private static String[] json(String... places) {
        String members = "{'groupName':'$1','name':'$2','city':'$3','referenceId':'$4'}";
        return Stream.of(places)
                .map(place -> place.replaceFirst("(.*)/(\\w+) ?([a-z]*) ?(\\d*)", members))
                .toArray(String[]::new);
    }

    /** The customers here by referenceId: group/name, city and referenceId. */
    private static String places() {
        return Sql.text(
                "select string_agg(concat_ws(' ', coalesce(g.name, '') || '/' || c.name, c.city, c.reference_id), ', '"
                        + " order by c.reference_id, c.name) from customer c left join customer_group g on g.id = c.group_id");
    }
}
