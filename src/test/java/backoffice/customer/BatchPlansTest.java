package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With many rows, a batch of 1000 finds what it speaks of by its keys. */
@QuarkusTest
class BatchPlansTest {

    private static final String ROWS = """
            insert into customer_group (vendor, name) select 'acme', 'group ' || i from generate_series(1, 30000) i;
            insert into customer (vendor, name, reg_date, reference_id)
            select 'acme', 'customer ' || i, now(), 'reference ' || i from generate_series(1, 30000) i;
            """;

    @BeforeAll
    static void many_rows() {
        Sql.clean();
        Sql.execute(ROWS);
        Sql.execute("vacuum analyze customer, customer_group");
    }

    @AfterAll
    static void no_rows() {
        Sql.clean();
    }

    @Test
    void the_customers_that_have_the_reference_ids_of_a_batch_are_found_by_their_key() {
        String plan = planOf(CustomerBatchRepository.STORED
                .replace(":ids", "'{1,2,3}'")
                .replace(":references", thousand("reference ")));

        assertThat(plan, containsString("customer_reference_id_key"));
        assertThat(plan, containsString("customer_pkey"));
        assertReadsNoMore(plan);
    }

    @Test
    void the_groups_of_a_batch_are_found_by_their_key() {
        String plan = planOf(RosterRepository.LOCK_GROUPS.replace(":names", thousand("group ")));

        assertThat(plan, containsString("customer_group_name_key"));
        assertReadsNoMore(plan);
    }

    private static void assertReadsNoMore(String plan) {
        assertThat(plan, not(containsString("trgm")));
        assertThat(plan, not(containsString("Seq Scan on customer ")));
    }

    private static String planOf(String statement) {
        return Sql.text("explain (format json) " + statement.replace(":vendor", "'acme'"));
    }

    private static String thousand(String name) {
        return IntStream.rangeClosed(1, 1000).mapToObj(i -> name + i).collect(Collectors.joining(",", "'{", "}'"));
    }
}
