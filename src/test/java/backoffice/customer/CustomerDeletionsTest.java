package backoffice.customer;

import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 5.1: DELETE of a batch of customers. */
@QuarkusTest
public class CustomerDeletionsTest extends ApiTest {

    @BeforeEach
    void customers_with_equal_names_in_and_without_a_group() {
        createGroups("g", "h");
        api.post("/customers", """
                [{"name":"a"},{"name":"b"},{"name":"a","groupName":"g"},{"name":"b","groupName":"g"}]
                """).statusCode(200);
    }

    @AfterEach
    void each_list_has_its_number_of_rows() {
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @Test
    void a_batch_is_deleted_and_answered_in_its_order_with_duplicates_once() {
        delete("[{'name':'b','groupName':'g'},{'name':'a','groupName':null},{'name':'b','groupName':'g'},{'name':'a'}]")
                .body(equalTo(
                        "{\"status\":0,\"data\":{\"items\":[{\"name\":\"b\",\"groupName\":\"g\"},{\"name\":\"a\"}]}}"));

        api.get("/customers")
                .body("data.total", is(2))
                .body("data.items.name.toString()", is("[a, b]"))
                .body("data.items.groupName.toString()", is("[g, null]"));
    }

    /** A batch after which nothing may have changed, the status and the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'name':'a'},{'name':'c'}                                     | 2101 | [1]: There is no customer "c" without a customer group.
            {'name':'a'},{'name':'a','groupName':'h'}                     | 2101 | [1]: There is no customer "a" in the customer group "h".
            {'name':'c','groupName':'no'},{'name':'a'}                    | 2001 | [0]: There is no customer group "no".
            {'name':'c','groupName':'g'},{'name':'a','groupName':'no'}    | 2101 | [0]: There is no customer "c" in the customer group "g".
            {'name':'a','groupName':'no'},{'name':'c','groupName':'g'}    | 2001 | [0]: There is no customer group "no".
            {'name':'c'},{'name':''}                                      | 1001 | [1].name: The name "" is blank; a name needs a character that is not white space.
            {'name':'a'},{'groupName':'g'}                                | 1001 | [1]: The member "name" is missing.
            {'name':'a','city':'x'}                                       | 1001 | [0]: There is no member "city"; accepted: name, groupName.
            """)
    void a_batch_with_an_entry_that_fails_deletes_nothing(String batch, int status, String msg) {
        delete("[" + batch + "]").body("status", is(status)).body("msg", is(msg));

        api.get("/customers").body("data.total", is(4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{}", "{'name':'a'}", "['a']"})
    void a_body_without_a_batch_deletes_nothing(String body) {
        delete(body).statusCode(400).body("status", is(1001));
        api.delete("/customers").statusCode(400).body("status", is(1001));

        api.get("/customers").body("data.total", is(4));
    }

    /** @param body JSON with apostrophes in place of quotes */
    private ValidatableResponse delete(String body) {
        return api.send("DELETE", "/customers", body.replace('\'', '"'));
    }
}
