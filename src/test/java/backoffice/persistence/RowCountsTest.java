package backoffice.persistence;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** Every total equals a count of the rows. The service reads totals from stored row counts. See docs/adr/0006. */
@QuarkusTest
public class RowCountsTest extends ApiTest {

    private static final int WRITERS = 8;
    private static final int CALLS = 60;
    private static final int GROUPS = 4;
    private static final int CUSTOMERS = 40;

    @AutoClose
    private final Race race = new Race();

    @Test
    void totals_are_exact_after_many_concurrent_calls_that_succeed_and_fail() throws Exception {
        race.run(IntStream.range(0, WRITERS)
                .<Race.Call>mapToObj(seed -> () -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < CALLS; i++) {
                        write(random);
                    }
                    return 0;
                })
                .toArray(Race.Call[]::new));

        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
        total("/customer_groups", "select count(*) from customer_group");
        total("/customers", "select count(*) from customer");
        for (int group = 0; group < GROUPS; group++) {
            api.post("/customer_groups", "{\"name\":\"g" + group + "\"}").statusCode(200);
            total(
                    "/customer_groups/g" + group + "/customers",
                    "select count(*) from customer where group_id = (select id from customer_group where name = 'g"
                            + group + "')");
        }
    }

    @Test
    void rows_that_are_written_without_the_service_are_counted() {
        Sql.execute("""
                insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 3) i;
                insert into customer (vendor, name, group_id, reg_date) select vendor, 'c', id, now() from customer_group
                """);

        total("/customer_groups", "select 3");
        total("/customers", "select 3");
        total("/customer_groups/g2/customers", "select 1");
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @Test
    @DisabledIf(
            value = "backoffice.testsupport.CitusCluster#isConfigured",
            disabledReason = "Citus refuses to change the vendor of a row")
    void rows_that_get_another_vendor_are_counted_for_it() {
        Sql.execute("""
                insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 3) i;
                insert into customer (vendor, name, group_id, reg_date) select vendor, 'c', id, now() from customer_group;
                update customer set vendor = 'globex', group_id = null
                where group_id = (select id from customer_group where name = 'g2')
                """);
        total("/customer_groups", "select 3");
        total("/customers", "select 2");
        total("/customer_groups/g2/customers", "select 0");
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @Test
    @DisabledIf(
            value = "backoffice.testsupport.CitusCluster#isConfigured",
            disabledReason = "Citus has no trigger that resets the row counts after a truncate")
    void the_row_counts_of_a_truncated_table_are_zero() {
        Sql.execute("""
                insert into customer_group (vendor, name) values ('acme', 'g');
                insert into customer (vendor, name, group_id, reg_date) select vendor, 'c', id, now() from customer_group;
                truncate customer
                """);

        total("/customer_groups", "select 1");
        total("/customers", "select 0");
        total("/customer_groups/g/customers", "select 0");
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    private void total(String list, String count) {
        api.get(list).body("data.total", equalTo((int) Sql.number(count)));
    }

    private void write(Random random) {
        String group = "g" + random.nextInt(GROUPS);
        switch (random.nextInt(6)) {
            case 0 -> api.post("/customer_groups", "{\"name\":\"" + group + "\"}");
            case 1 -> api.delete("/customer_groups/" + group);
            case 2 -> api.patch("/customer_groups/" + group, "{\"name\":\"g" + random.nextInt(GROUPS) + "\"}");
            case 3 -> api.delete("/customers/" + group + "/c" + random.nextInt(CUSTOMERS));
            case 4 -> api.delete("/customer_groups/" + group + "/customers", "[" + entry(random, null) + "]");
            default ->
                api.post(
                        "/customer_groups/" + group + "/customers",
                        "[" + entry(random, null) + "," + entry(random, "g" + random.nextInt(GROUPS)) + ","
                                + entry(random, null) + "]");
        }
    }

    private static String entry(Random random, String group) {
        return "{\"name\":\"c" + random.nextInt(CUSTOMERS) + "\""
                + (group == null ? "" : ",\"groupName\":\"" + group + "\"") + "}";
    }
}
