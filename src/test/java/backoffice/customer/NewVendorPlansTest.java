package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/adr/0014: PostgreSQL has good plans for any vendor. Its statistics contain acme, and not globex. */
@QuarkusTest
@DisabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "on a cluster, the two vendors are in shards with statistics of their own")
class NewVendorPlansTest {

    private static final String ROWS = """
            insert into customer_group (vendor, name) select '%1$s', 'group ' || i from generate_series(1, 30000) i;
            insert into customer (vendor, name, reg_date, reference_id)
            select '%1$s', 'customer ' || i, now(), 'reference ' || i from generate_series(1, 30000) i;
            insert into customer (vendor, name, group_id, reg_date)
            select vendor, 'common', id, now() from customer_group where vendor = '%1$s' order by id limit 1000;
            """;
    private static final String AUTOVACUUM = """
            alter table customer set (autovacuum_enabled = %1$s);
            alter table customer_group set (autovacuum_enabled = %1$s);
            """;

    @BeforeAll
    static void many_rows() {
        Sql.clean();
        Sql.execute(AUTOVACUUM.formatted(false));
        Sql.execute(ROWS.formatted("acme"));
        Sql.execute("vacuum analyze customer, customer_group");
        Sql.execute(ROWS.formatted("globex"));
    }

    @AfterAll
    static void no_rows() {
        Sql.execute(AUTOVACUUM.formatted(true));
        Sql.clean();
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "globex"})
    void a_step_of_a_batch_reads_the_rows_that_it_names_and_no_others(String vendor) {
        for (String statement : List.of(
                RowLocks.LOCK
                        .replace("$2", several("group ", 100))
                        .replace("$3", "array_fill('common'::text, array[100])")
                        .replace("$4", several("group ", 100))
                        .replace("$5", several("customer ", 100)),
                CustomerRepository.STORED
                        .replace("$2", "'{1,2,3}'")
                        .replace("$3", several("reference ", 100))
                        .replace("$4", "1000000"))) {
            long read = PlanRecorder.rowsReadBy(statement.replace("$1", "'" + vendor + "'"));

            assertThat(statement, read, lessThan(1000L));
        }
    }

    @Test
    void a_step_of_a_batch_of_one_customer_has_one_plan_for_all_calls() {
        for (String statement : List.of(RowLocks.LOCK, CustomerRepository.STORED)) {
            // PostgreSQL always plans the first five executions for their values.
            assertThat(statement, PlanRecorder.timesPlannedForValues(statement, 20), is(5));
        }
    }

    private static String several(String name, int number) {
        return IntStream.rangeClosed(1, number).mapToObj(i -> name + i).collect(Collectors.joining(",", "'{", "}'"));
    }
}
