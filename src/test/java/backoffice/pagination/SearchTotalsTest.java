package backoffice.pagination;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The total of a search is exact after each change of what it finds. */
@QuarkusTest
class SearchTotalsTest extends ApiTest {

    private static final int ROWS = 500;

    @BeforeEach
    void rows() {
        Sql.execute("""
                insert into customer_group (vendor, name)
                select vendor, 'ga' || i from unnest(array['acme', 'globex']) vendor, generate_series(1, %d) i;
                insert into customer (vendor, name, group_id, reg_date)
                select vendor, 'c' || name, id, timestamp '2026-01-01' from customer_group;
                analyze customer_group, customer
                """.formatted(ROWS));
    }

    /** The list, the condition of the search, what changes the list, and by how much that changes the total. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /customer_groups | name like %a%             | insert into customer_group (vendor, name) values ('acme', 'another')                                        | 1
            /customer_groups | name like %a%             | delete from customer_group where vendor = 'acme' and name = 'empty a'                                       | -1
            /customer_groups | name like %a%             | update customer_group set name = replace(name, 'a', 'e') where vendor = 'acme' and name in ('ga1', 'ga2')   | -2
            /customer_groups | name like %a%             | update customer_group set name = 'found again' where vendor = 'acme' and name = 'ga1'                       | 0
            /customer_groups | name like %a%             | insert into customer_group (vendor, name) values ('globex', 'another')                                      | 0
            /customers       | groupName like _a%        | insert into customer (vendor, name, group_id, reg_date) select vendor, 'new', id, now() from customer_group | 500
            /customers       | groupName like _a%        | delete from customer where vendor = 'acme' and name in ('cga1', 'cga2', 'cga3')                             | -3
            /customers       | groupName like _a%        | update customer set group_id = null where vendor = 'acme' and name in ('cga1', 'cga2')                      | -2
            /customers       | name != ca1               | update customer set name = 'ca1' where vendor = 'acme' and name = 'cga1'                                    | -1
            /customers       | groupName like _a%        | update customer_group set name = 'not found' where vendor = 'acme' and name = 'ga1'                         | -1
            /customers       | groupName like _a%        | delete from customer where vendor = 'globex'                                                                | 0
            /customers       | regDate < 2026-06-01      | update customer set reg_date = '2026-07-01' where vendor = 'acme' and name = 'cga1'                         | -1
            /customers       | referenceId not like r%   | update customer set reference_id = 'r1' where vendor = 'acme' and name = 'cga1'                             | -1
            """)
    void the_total_of_a_search_is_exact_after_a_change_of_what_it_finds(
            String list, String condition, String change, int more) {
        api.post("/customer_groups", "{\"name\":\"empty a\"}").statusCode(200);
        String search =
                condition.replaceAll("(\\w+) (.*) (\\S+)", "{'querys':[{'name':'$1','op':'$2','values':['$3']}]}");
        int before = total(list, search);

        Sql.execute(change);

        assertEquals(before + more, total(list, search));
    }

    /** The condition of the search, and the same in SQL. The lists are in two ranges, of which one begins with ga367. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            '>=','values':['P']          | >= 'P'
            '>=','values':['Pga2']       | >= 'Pga2'
            '>','values':['Pga2']        | > 'Pga2'
            '>','values':['Pga367']      | > 'Pga367'
            '>=','values':['Pga367']     | >= 'Pga367'
            '>=','values':['Pga4']       | >= 'Pga4'
            '>=','values':['z']          | >= 'z'
            '<','values':['P']           | < 'P'
            '<','values':['Pga367']      | < 'Pga367'
            '<=','values':['Pga367']     | <= 'Pga367'
            '<=','values':['Pga4']       | <= 'Pga4'
            'between','values':['Pga2','Pga4'] | between 'Pga2' and 'Pga4'
            'between','values':['Pga2','Pga3'] | between 'Pga2' and 'Pga3'
            'between','values':['Pga4','Pga5'] | between 'Pga4' and 'Pga5'
            'between','values':['Pga4','Pga2'] | between 'Pga4' and 'Pga2'
            'like','values':['Pg%']      | like 'Pg%'
            'like','values':['Pga3%']    | like 'Pga3%'
            'like','values':['Pga1%']    | like 'Pga1%'
            """)
    void the_total_of_a_range_of_names_is_exact_wherever_row_counts_are_cut(String condition, String sql) {
        Sql.execute(RowCountCheck.CUT);
        String search = "{'querys':[{'name':'name','op':" + condition + "}]}";

        for (String[] list : new String[][] {{"customer_group", "ga", "customers"}, {"customer", "cga", "groups"}}) {
            // A short list would be counted. The vendor has a long one, but not the one that is searched.
            Sql.execute("delete from row_count where slot = -9;"
                    + " insert into row_count (vendor, list, group_id, slot, rows) values ('acme', '" + list[2]
                    + "', 0, -9, 100000)");
            String counted = "select count(*) from " + list[0] + " where vendor = 'acme' and name "
                    + sql.replace("Pga", list[1]);
            assertEquals(Sql.number(counted), total("/" + list[0] + "s", search.replace("Pga", list[1])), counted);
        }
    }

    private int total(String list, String search) {
        return api.post(list + "/data?limit=10", search.replace('\'', '"'))
                .statusCode(200)
                .extract()
                .path("data.total");
    }
}
