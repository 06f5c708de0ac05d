package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** docs/adr/0008: the indexes of customers between two runs of vacuum. */
@QuarkusTest
@DisabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "on a cluster, the indexes are those of shards")
class IndexSizeTest {

    private static final String MOVES = """
            do $$ begin
                for i in 1..100 loop
                    update customer set group_id = case when group_id is null then (select id from customer_group) end;
                    commit;
                end loop;
            end $$
            """;
    private static final String SIZE = """
            select max(pg_relation_size(i.indexrelid)) from pg_index i join pg_attribute a on a.attrelid = i.indexrelid
            where i.indrelid = 'customer'::regclass and a.attname = 'group_id'
            """;

    @BeforeEach
    void no_vacuum() {
        Sql.clean();
        Sql.execute("alter table customer set (autovacuum_enabled = false)");
    }

    @AfterEach
    void vacuum() {
        Sql.execute("alter table customer set (autovacuum_enabled = true)");
        Sql.clean();
    }

    @Test
    void customers_that_move_to_and_fro_do_not_let_an_index_with_the_group_grow() {
        Sql.execute("insert into customer_group (vendor, name) values ('acme', 'sales')");
        Sql.execute("insert into customer (vendor, name, reg_date)"
                + " select 'acme', 'customer ' || i, now() from generate_series(1, 100) i");

        Sql.execute(MOVES);

        assertThat(Sql.number(SIZE), lessThan(200_000L));
    }
}
