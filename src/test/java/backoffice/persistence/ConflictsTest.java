package backoffice.persistence;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL gives up for another transaction is run again, a few times, and clients never see it. */
@QuarkusTest
class ConflictsTest {

    private static final int MOST_ATTEMPTS = 5;

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void empty() {
        Sql.clean();
    }

    @AfterEach
    void no_trouble() {
        Sql.execute("""
                drop trigger if exists trouble on customer;
                drop function if exists trouble;
                drop sequence if exists attempts
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void a_call_that_is_given_up_a_few_times_is_done_once(String sqlState) {
        giveUp(MOST_ATTEMPTS - 1, sqlState);

        api.request()
                .contentType("application/json")
                .header("x-bit-req-id", "given-up")
                .body("[{\"name\":\"a\"},{\"name\":\"b\"}]")
                .post(Api.BASE_PATH + "/customers")
                .then()
                .statusCode(200);

        assertEquals(MOST_ATTEMPTS, attempts());
        assertEquals(2, Sql.number("select count(*) from customer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void a_call_that_is_given_up_again_and_again_is_5001_and_leaves_nothing(String sqlState) {
        giveUp(Integer.MAX_VALUE, sqlState);

        api.post("/customers", "[{\"name\":\"a\"},{\"name\":\"b\"}]")
                .statusCode(503)
                .header("Retry-After", is("1"))
                .body("status", is(5001));

        assertEquals(MOST_ATTEMPTS, attempts());
        assertEquals(0, Sql.number("select count(*) from customer"));
    }

    @Test
    void a_batch_that_is_the_victim_of_a_deadlock_is_done_after_the_other() {
        api.post("/customers", "[{\"name\":\"a\"},{\"name\":\"b\"}]").statusCode(200);
        try (SqlConnection other = new SqlConnection()) {
            // Given another who has b, and would rather wait than break a deadlock
            other.execute("set deadlock_timeout = '1min'");
            other.execute("begin; update customer set city = 'other' where name = 'b'");

            // When the batch has a and waits for b, and the other then wants a
            CompletableFuture<Integer> batch = CompletableFuture.supplyAsync(() -> api.patch(
                            "/customers", "[{\"name\":\"a\",\"country\":\"1\"},{\"name\":\"b\",\"country\":\"1\"}]")
                    .extract()
                    .statusCode());
            Sql.awaitLockWaits(1);
            other.execute("update customer set city = 'other' where name = 'a'; commit");

            assertEquals(200, batch.join());
        }
        assertEquals(2, Sql.number("select count(*) from customer where city = 'other' and country = '1'"));
    }

    /** Has so many attempts at creating customers fail as those do that PostgreSQL gives up. */
    private static void giveUp(int times, String sqlState) {
        Sql.execute("""
                create sequence attempts;
                create function trouble() returns trigger language plpgsql as $$ begin
                    if nextval('attempts') <= %d then
                        raise exception 'given up' using errcode = '%s';
                    end if;
                    return null;
                end $$;
                create trigger trouble after insert on customer for each statement execute function trouble()
                """.formatted(times, sqlState));
    }

    private static long attempts() {
        return Sql.number("select last_value from attempts");
    }
}
