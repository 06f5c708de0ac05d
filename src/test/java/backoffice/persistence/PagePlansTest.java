package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.Api;
import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A page reads few rows in any plan: with statistics and without, for its values and for any values. No plan compares each row
 * with each group. Where no vacuum has seen the rows, a plan may read each row of a small table once. The vendor acme has
 * 100,000 customers in 200 groups. The vendor globex has as many in 20,000 groups, and one name in each of them. See
 * docs/adr/0014.
 */
@Tag("slow")
@QuarkusTest
class PagePlansTest {

    private static final String ROWS = """
            insert into customer_group (vendor, name) select 'acme', 'group ' || i from generate_series(1, 200) i;
            insert into customer_group (vendor, name) select 'globex', 'group ' || i from generate_series(1, 20000) i;
            insert into customer (vendor, name, group_id, reg_date, reference_id)
            select vendor, 'customer ' || md5(i::text), case when i % 10 > 0 then ids[i % cardinality(ids) + 1] end,
                timestamp '2020-01-01' + i * interval '1 hour', 'reference ' || i
            from (select vendor, array_agg(id) as ids from customer_group group by vendor) g, generate_series(1, 100000) i;
            insert into customer (vendor, name, group_id, reg_date)
            select vendor, 'equal', id, timestamp '2021-01-01' from customer_group
            """;

    @BeforeAll
    static void many_rows() {
        Sql.clean();
        Sql.execute("alter table customer set (autovacuum_enabled = false);"
                + " alter table customer_group set (autovacuum_enabled = false)");
        Sql.execute(ROWS);
    }

    @AfterAll
    static void no_rows() {
        Sql.execute(
                "alter table customer reset (autovacuum_enabled); alter table customer_group reset (autovacuum_enabled)");
        Sql.clean();
    }

    /** The body of the search, the limit of the page, and more rows than it reads for acme and for globex. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                                           | 50   |   500 |    500
            {}                                                                           | 1000 | 130000 | 130000
            {'sorts':[{'name':'name','order':'desc'}]}                                   | 50   |  1000 | 100000
            {'sorts':[{'name':'groupName'}]}                                             | 50   | 30000 |  30000
            {'sorts':[{'name':'groupName','order':'desc'}]}                              | 50   | 30000 |  30000
            {'sorts':[{'name':'regDate'}]}                                               | 50   |   500 |    500
            {'sorts':[{'name':'regDate','order':'desc'}]}                                | 50   |   500 |    500
            {'querys':[{'name':'name','op':'like','values':['customer abc%']}]}          | 50   |   500 |    500
            {'querys':[{'name':'name','op':'>=','values':['customer abc']}]}             | 50   | 90000 |  90000
            {'querys':[{'name':'name','op':'in','values':['customer 1','customer 2']}]}  | 50   |   500 |    500
            {'querys':[{'name':'name','op':'=','values':['equal']}]}                     | 50   |  2000 | 100000
            {'querys':[{'name':'name','op':'=','values':['customer']}]}                  | 50   |   500 |    500
            {'querys':[{'name':'referenceId','op':'=','values':['reference 7']}]}        | 50   |   500 |    500
            {'querys':[{'name':'groupName','op':'=','values':['group 7']}]}              | 50   |  3000 |    500
            {'querys':[{'name':'groupName','op':'in','values':['group 7','group 8']}]}   | 50   |  5000 |    500
            {'querys':[{'name':'groupName','op':'like','values':['group 1_']}]}          | 50   | 30000 |  30000
            {'querys':[{'name':'groupName','op':'!=','values':['group 7']},{'name':'name','op':'like','values':['customer abc%']}]} | 50 | 500 | 500
            """)
    void a_page_reads_few_rows_in_any_plan(String search, int limit, long ofAcme, long ofGlobex) {
        for (String statistics : List.of(
                "delete from pg_statistic where starelid in ('customer'::regclass, 'customer_group'::regclass)",
                "analyze customer, customer_group")) {
            Sql.execute(statistics);
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                String plan = statistics + " " + mode;
                assertThat(plan, rowsRead(Vendors.ACME, search, limit, mode), lessThan(ofAcme));
                assertThat(plan, rowsRead(Vendors.GLOBEX, search, limit, mode), lessThan(ofGlobex));
            }
        }
    }

    private static long rowsRead(String vendor, String search, int limit, String mode) {
        String path = "/customers/data?limit=" + limit;
        String body = search.replace('\'', '"');
        return new PlanRecorder()
                .rowsRead(mode, () -> Api.as(vendor).post(path, body).statusCode(200));
    }
}
