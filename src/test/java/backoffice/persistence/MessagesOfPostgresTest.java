package backoffice.persistence;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service identifies a violated constraint by its name, in every language of PostgreSQL's message. */
@QuarkusTest
class MessagesOfPostgresTest extends ApiTest {

    private static final String REPORT = """
            create function report() returns trigger language plpgsql as $$
            begin
                raise exception '%s' using errcode = '%s', constraint = '%s';
            end $$;
            create trigger report before update or delete on customer_group execute function report()
            """;

    @BeforeEach
    void a_group() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @AfterEach
    void drop_the_trigger() {
        Sql.execute("drop trigger if exists report on customer_group; drop function if exists report");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "doppelter Schlüsselwert verletzt Unique-Constraint »customer_group_name_key«",
                "la valeur d''une clé dupliquée rompt la contrainte unique « customer_group_name_key »",
                "重复键违反唯一约束\"customer_group_name_key\"",
                "duplicate key value violates unique constraint \"customer_group_name_key_102008\"",
            })
    void a_rename_to_a_taken_name_is_2002(String message) {
        Sql.execute(REPORT.formatted(message, "23505", "customer_group_name_key"));

        api.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(409).body("status", is(2002));
    }

    @Test
    void a_constraint_whose_name_only_begins_the_same_is_another_one() {
        Sql.execute(
                REPORT.formatted("violates \"customer_group_name_key_of_others\"", "23505", "customer_group_name_key"));

        api.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(500).body("status", is(5000));
    }

    @Test
    void deleting_a_group_that_holds_customers_is_2003() {
        Sql.execute(REPORT.formatted(
                "verletzt Fremdschlüssel-Constraint »customer_group_fkey«", "23503", "customer_group_fkey"));

        api.delete("/customer_groups/a").statusCode(409).body("status", is(2003));
    }
}
