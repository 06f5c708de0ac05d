package backoffice.concurrency;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.concurrency.CallRunner.Outcome;
import backoffice.persistence.Citus;
import backoffice.persistence.Cluster;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A change is decided again when a statement misses a row, as one on Citus may that waits for a moving shard. */
@QuarkusTest
class MissedRowsTest {

    private static final String MISS_NONE = "select setval('misses', 2)";
    private static final String MISS_NEXT_ROW = "alter sequence misses restart";

    @Inject
    Citus citus;

    @AutoClose
    private final CallRunner runner = new CallRunner();

    @BeforeEach
    void create_triggers_that_skip_a_row() {
        Cluster.pretend(citus, true);
        Sql.execute("""
                create sequence misses;
                create function miss() returns trigger language plpgsql as $$ begin
                    if nextval('misses') <= cast(tg_argv[0] as bigint) then
                        return null;
                    end if;
                    return case tg_op when 'DELETE' then old else new end;
                end $$
                """);
        miss(1);
    }

    @AfterEach
    void drop_triggers() {
        Cluster.pretend(citus, null);
        Sql.execute("drop function miss cascade; drop sequence misses");
    }

    @TestFactory
    Stream<DynamicTest> a_change_that_misses_a_row_is_decided_again() {
        return Change.ALL.stream()
                .map(change -> dynamicTest(change.title(), () -> {
                    // Given what the change does
                    Sql.execute(MISS_NONE);
                    List<Change> call = List.of(change);
                    Outcome expected = runner.runInOrder(call, List.of(0), "");

                    // When its first statement misses a row
                    Outcome outcome = runner.runInOrder(call, List.of(0), MISS_NEXT_ROW);

                    // Then it does the same
                    assertEquals(expected, outcome);
                }));
    }

    @Test
    void a_change_that_misses_a_row_in_each_attempt_is_5001_and_changes_nothing() {
        Sql.execute(MISS_NONE);
        runner.reset("");
        miss(Integer.MAX_VALUE);

        Api.as(Vendors.ACME)
                .patch("/customers", "[{\"name\":\"z00\",\"city\":\"new\"}]")
                .statusCode(503)
                .body("status", is(5001));

        assertEquals(0, Sql.number("select count(*) from customer where city = 'new'"));
    }

    private static void miss(int rows) {
        Sql.execute("""
                create or replace trigger miss before insert or update or delete on customer
                    for each row execute function miss(%1$d);
                create or replace trigger miss before update or delete on customer_group
                    for each row execute function miss(%1$d)
                """.formatted(rows));
    }
}
