package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/adr/0008: the planner expects so few rows of a vendor in a small table that it would rather read all of them. */
@QuarkusTest
class SmallTablePlansTest {

    private static final String ROWS = """
            insert into customer_group (vendor, name) select 'acme', 'group ' || i from generate_series(1, 300) i;
            insert into customer (vendor, name, reg_date) select 'acme', 'customer ' || i, now() from generate_series(1, 3000) i;
            """;

    @BeforeEach
    void some_thousand_customers() {
        Sql.clean();
        Sql.execute(ROWS);
        Sql.execute("vacuum customer, customer_group");
    }

    @Test
    void the_lock_of_a_batch_reads_the_customers_that_it_names_and_no_others() {
        String names = "(select array_agg('customer ' || i) from generate_series(1, 100) i)";

        long read = PlanRecorder.rowsReadBy(RowLocks.LOCK
                .replace("$1", "'acme'")
                .replace("$2", "array['group 1']")
                .replace("$3", names)
                .replace("$4", "array_fill('group 1'::text, array[100])")
                .replace("$5", names));

        assertThat(read, lessThan(1000L));
    }
}
