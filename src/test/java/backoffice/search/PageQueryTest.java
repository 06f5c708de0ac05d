package backoffice.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients decide on the length of searches, so a cache of them counts characters. See docs/adr/0007. */
class PageQueryTest {

    @Test
    void a_search_weighs_as_much_as_its_statement_and_its_parameters_have_characters() {
        PageQuery query = new PageQuery(null, "select 1", true, true, false, Map.of("p0", "abc", "p1", "de"));

        assertEquals(8 + 3 + 2, query.weight());
    }

    @Test
    void a_list_weighs_the_same_whatever_its_parameters_are() {
        PageQuery query = new PageQuery(null, "select 1", true, false, false, Map.of("group", "abc"));

        assertEquals(PageQuery.WEIGHT_OF_LIST, query.weight());
    }
}
