package backoffice.persistence;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Threads;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A transaction that fails with a deadlock, a serialization failure or a moved shard has up to five attempts. */
@QuarkusTest
public class ConflictsTest extends ApiTest {

    private static final int MAX_ATTEMPTS = 5;

    @AfterEach
    void drop_the_failing_trigger() {
        // One by one, because Citus refuses to drop the function in the transaction that drops the trigger.
        Sql.execute("drop trigger if exists trouble on customer");
        Sql.execute("drop function if exists trouble");
        Sql.executeOnEachNode("drop sequence if exists attempts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "XX000"})
    void a_call_whose_transaction_fails_four_times_is_retried_and_done_once(String sqlState) {
        failFirstAttempts(MAX_ATTEMPTS - 1, sqlState);

        api.with("x-bit-req-id", "given-up")
                .post("/customers", "[{\"name\":\"a\"},{\"name\":\"b\"}]")
                .statusCode(200);

        assertEquals(MAX_ATTEMPTS, attempts());
        assertEquals(2, Sql.number("select count(*) from customer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "XX000"})
    void a_call_whose_transaction_fails_five_times_is_5001_and_changes_nothing(String sqlState) {
        failFirstAttempts(Integer.MAX_VALUE, sqlState);

        api.post("/customers", "[{\"name\":\"a\"},{\"name\":\"b\"}]")
                .statusCode(503)
                .header("Retry-After", is("1"))
                .body("status", is(5001));

        assertEquals(MAX_ATTEMPTS, attempts());
        assertEquals(0, Sql.number("select count(*) from customer"));
    }

    @Test
    void a_batch_that_postgresql_aborts_in_a_deadlock_is_retried() {
        api.post("/customers", "[{\"name\":\"a\"},{\"name\":\"b\"}]").statusCode(200);
        try (SqlConnection other = new SqlConnection()) {
            // Given another transaction that holds b and checks for deadlocks so late that the batch is aborted
            other.execute("set deadlock_timeout = '1min'");
            other.execute("begin; update customer set city = 'other' where name = 'b'");

            // When the batch holds a and waits for b, and the other transaction then waits for a
            CompletableFuture<Integer> batch = CompletableFuture.supplyAsync(
                    () -> api.patch(
                                    "/customers",
                                    "[{\"name\":\"a\",\"country\":\"1\"},{\"name\":\"b\",\"country\":\"1\"}]")
                            .extract()
                            .statusCode(),
                    Threads.NEW);
            Sql.awaitLockWaits(1);
            other.execute("update customer set city = 'other' where name = 'a'; commit");

            assertEquals(200, batch.join());
        }
        assertEquals(2, Sql.number("select count(*) from customer where city = 'other' and country = '1'"));
    }

    /** Makes the first attempts to create customers fail with this SQLSTATE, and the message of Citus about a moved shard. */
    private static void failFirstAttempts(int times, String sqlState) {
        Sql.executeOnEachNode("create sequence attempts");
        Sql.execute("""
                create function trouble() returns trigger language plpgsql as $$ begin
                    if nextval('attempts') <= %d then
                        raise exception 'could not find valid entry for shard 1' using errcode = '%s';
                    end if;
                    return null;
                end $$;
                create trigger trouble after insert on customer for each statement execute function trouble()
                """.formatted(times, sqlState));
    }

    private static long attempts() {
        return Sql.sumOfNodes("select last_value from pg_sequences where sequencename = 'attempts'");
    }
}
