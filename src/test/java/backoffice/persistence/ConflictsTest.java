package backoffice.persistence;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service does when PostgreSQL ends a transaction: it has up to five attempts, or a constraint is violated. */
@QuarkusTest
public class ConflictsTest extends ApiTest {

    @AfterEach
    void drop_the_failing_trigger() {
        // One by one, because Citus refuses to drop the function in the transaction that drops the trigger.
        Sql.execute("drop trigger if exists trouble on customer");
        Sql.execute("drop trigger if exists trouble on customer_group");
        Sql.execute("drop function if exists trouble");
        Sql.executeOnEachNode("drop sequence if exists attempts");
    }

    /** The attempts that fail, the HTTP code of the call, and the customers afterwards. */
    @ParameterizedTest
    @CsvSource({
        "40001, 4, 200, 2", "40P01, 4, 200, 2", "XX000, 4, 200, 2",
        "40001, 5, 503, 0", "40P01, 5, 503, 0", "XX000, 5, 503, 0"
    })
    void a_call_whose_transaction_fails_is_retried_four_times_and_then_5001(
            String sqlState, int failing, int code, int customers) {
        // Given that the first attempts fail, with the message of Citus about a moved shard
        Sql.executeOnEachNode("create sequence attempts");
        Sql.execute("""
                create function trouble() returns trigger language plpgsql as $$ begin
                    if nextval('attempts') <= %d then
                        raise exception 'could not find valid entry for shard 1' using errcode = '%s';
                    end if;
                    return null;
                end $$;
                create trigger trouble after insert on customer for each statement execute function trouble()
                """.formatted(failing, sqlState));

        api.with("x-bit-req-id", "retried")
                .post("/customers", "[{\"name\":\"a\"},{\"name\":\"b\"}]")
                .statusCode(code)
                .header("Retry-After", is(code == 200 ? null : "1"))
                .body("status", is(code == 200 ? 0 : 5001));

        assertEquals(5, Sql.sumOfNodes("select last_value from pg_sequences where sequencename = 'attempts'"));
        assertEquals(customers, Sql.number("select count(*) from customer"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PATCH  | 23505 | customer_group_name_key | 2002 | doppelter Schlüsselwert verletzt Unique-Constraint »customer_group_name_key«
            PATCH  | 23505 | customer_group_name_key | 2002 | la valeur d''une clé dupliquée rompt la contrainte unique « customer_group_name_key »
            PATCH  | 23505 | customer_group_name_key | 2002 | 重复键违反唯一约束"customer_group_name_key"
            PATCH  | 23505 | customer_group_name_key | 2002 | duplicate key value violates unique constraint "customer_group_name_key_102008"
            PATCH  | 23505 | customer_group_name_key | 5000 | violates "customer_group_name_key_of_others", which only begins the same
            DELETE | 23503 | customer_group_fkey     | 2003 | verletzt Fremdschlüssel-Constraint »customer_group_fkey«
            """)
    void a_violated_constraint_is_the_one_that_the_message_names(
            String method, String sqlState, String constraint, int status, String message) {
        createGroups("a");
        Sql.execute("""
                create function trouble() returns trigger language plpgsql as $$ begin
                    raise exception '%s' using errcode = '%s', constraint = '%s';
                end $$;
                create trigger trouble before update or delete on customer_group execute function trouble()
                """.formatted(message, sqlState, constraint));

        api.send(method, "/customer_groups/a", "{\"name\":\"b\"}").body("status", is(status));
    }
}
