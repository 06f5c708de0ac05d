package backoffice.pagination;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every total equals a count of the rows. The service reads totals from stored row counts. See docs/adr/0006. */
@QuarkusTest
public class RowCountsTest extends ApiTest {

    private static final String THREE_GROUPS_WITH_A_CUSTOMER = """
            insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 3) i;
            insert into customer (vendor, name, group_id, reg_date) select vendor, 'c', id, now() from customer_group
            """;

    @Test
    void rows_that_are_written_without_the_service_are_counted() {
        Sql.execute(THREE_GROUPS_WITH_A_CUSTOMER);

        assertTotals(3, 3, "g2", 1);
    }

    @ParameterizedTest
    @DisabledIf(
            value = "backoffice.testsupport.CitusCluster#isConfigured",
            disabledReason =
                    "Citus refuses to change the vendor of a row, and has no trigger that resets the row counts")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            2 | update customer set vendor = 'globex', group_id = null where group_id in (select id from customer_group where name = 'g2')
            0 | truncate customer
            """)
    void rows_that_get_another_vendor_count_for_it_and_truncated_ones_do_not_count(int customers, String change) {
        Sql.execute(THREE_GROUPS_WITH_A_CUSTOMER + ";" + change);

        assertTotals(3, customers, "g2", 0);
    }

    @Test
    void a_statement_that_fills_many_groups_finds_the_row_count_of_each_in_an_index() {
        try (SqlConnection writer = new SqlConnection()) {
            // Given a vendor with groups, and a small table of row counts that PostgreSQL knows the size of
            writer.execute(
                    "insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 100) i");
            writer.execute("vacuum analyze row_count");

            // When one statement gives each group a customer
            writer.execute("begin; insert into customer (vendor, name, group_id, reg_date)"
                    + " select vendor, 'c', id, now() from customer_group");

            // Then it never reads the table from its start to its end
            assertThat(writer.text("select pg_stat_get_xact_numscans('row_count'::regclass)"), is("0"));
            writer.execute("commit");
        }
    }

    @Test
    void a_snapshot_of_before_a_cut_changes_no_row_count() {
        String change = "begin isolation level repeatable read;"
                + " insert into customer (vendor, name, reg_date) values ('acme', 'c', now()); commit";

        Throwable refused = assertThrows(IllegalStateException.class, () -> Sql.execute(change))
                .getCause();

        assertThat(refused.getMessage(), containsString("need the isolation level read committed"));
    }

    @Test
    @Tag("slow")
    void an_older_snapshot_cuts_no_list() {
        String insert =
                "insert into customer (vendor, name, reg_date) select 'acme', 'c' || i, now() from generate_series(%d, %d) i";
        try (SqlConnection writer = new SqlConnection()) {
            // Given a connection with a slot in the list, and a snapshot of before the changes of another connection
            writer.execute(insert.formatted(0, 0));
            writer.execute("begin isolation level repeatable read; " + insert.formatted(1, 1));
            Sql.execute(insert.formatted(2, 2));

            // When it makes the list long enough to be cut
            writer.execute(insert.formatted(3, 201_000) + "; commit");
        }

        // Then the next change of a thousand rows cuts it, and each range has its rows
        assertEquals(1, Sql.number("select count(distinct first_name) from row_count where list = 'customers'"));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
        Sql.execute(insert.formatted(201_001, 403_000));
        assertThat(
                Sql.number("select count(distinct first_name) from row_count where list = 'customers'"),
                greaterThan(1L));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @Test
    @Tag("slow")
    void a_long_list_is_cut_into_ranges_while_others_change_it() {
        Sql.execute("insert into customer_group (vendor, name) values ('acme', 'g')");
        String batch = """
                insert into customer (vendor, name, group_id, reg_date)
                select vendor, 'c' || (i * 7919 + %d) %% 1000003, case when i %% 2 = 0 then id end, now()
                from customer_group, generate_series(1, 3000) i on conflict do nothing
                """;
        Race.run(IntStream.range(0, 4)
                .mapToObj(writer -> Executors.callable(() -> {
                    for (int i = writer; i < 80; i += 4) {
                        Sql.execute(batch.formatted(i * 3001));
                    }
                }))
                .toList());

        assertEquals(2, Sql.number("select count(distinct first_name) from row_count where list = 'customers'"));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
        api.get("/customers?offset=199999&limit=1")
                .body(
                        "data.items[0].name",
                        is(Sql.text("select name from customer order by name offset 199999 limit 1")));
    }

    private void assertTotals(int groups, int customers, String group, int members) {
        api.get("/customer_groups").body("data.total", is(groups));
        api.get("/customers").body("data.total", is(customers));
        api.get("/customer_groups/" + group + "/customers").body("data.total", is(members));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }
}
