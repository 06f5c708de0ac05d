package backoffice.customer;

import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 5.1 and 5.3: PATCH renames customers, and DELETE deletes a batch of them. */
@QuarkusTest
public class CustomerRenamesAndDeletionsTest extends ApiTest {

    @BeforeEach
    void customers_with_equal_names_in_and_without_a_group() {
        createGroups("g", "h");
        send("POST", """
                [{'name':'a','groupName':'g','city':'old','email':'e','referenceId':'1','regDate':'2026-01-05'},
                 {'name':'b','groupName':'g','referenceId':'2'},{'name':'a','regDate':'2026-01-05'},{'name':'b'}]
                """).statusCode(200);
    }

    @AfterEach
    void each_list_has_its_number_of_rows() {
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @Test
    void a_new_name_renames_the_customer_in_its_group_and_the_answer_shows_it() {
        long id = Sql.number("select id from customer where reference_id = '1'");

        send(
                        "PATCH",
                        "[{'name':'a','groupName':'g','newName':'c','city':'new','email':null},{'name':'a','newName':'d'}]")
                .body(is(
                        json("{'status':0,'data':{'items':[{'name':'c','groupName':'g','regDate':'2026-01-05 00:00:00',"
                                + "'city':'new','referenceId':'1'},{'name':'d','regDate':'2026-01-05 00:00:00'}]}}")));

        assertEquals(id, Sql.number("select id from customer where name = 'c'"), "it is the same customer");
        api.get("/customers").body("data.items.name", is(List.of("b", "b", "c", "d")));
        api.get("/customers/g/a").body("status", is(2101));
        api.get("/customers/g/c").body("data.items[0].city", is("new"));
        api.get("/customer_groups/g/customers").body("data.items.name", is(List.of("b", "c")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'newName':null", "'newName':'a'"})
    void null_and_the_present_name_rename_nothing(String newName) {
        send("PATCH", "[{'name':'a','groupName':'g'," + newName + ",'city':'new'}]")
                .body("data.items[0].name", is("a"))
                .body("data.items[0].city", is("new"));
        api.get("/customers").body("data.items.name", is(List.of("a", "a", "b", "b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'groupName':null", ",'groupName':''"})
    void a_customer_without_a_group_is_renamed_without_one(String groupName) {
        send("PATCH", "[{'name':'a'" + groupName + ",'newName':'c'}]")
                .body("data.items[0].name", is("c"))
                .body("data.items[0].groupName", is(nullValue()));
        api.get("/customers/g/a").statusCode(200);
    }

    @Test
    void customers_that_are_renamed_swap_their_referenceIds() {
        send("PATCH", """
                        [{'name':'a','groupName':'g','newName':'c','referenceId':'2'},
                         {'name':'b','groupName':'g','newName':'d','referenceId':'1'}]
                        """)
                .body("data.items.name", equalTo(List.of("c", "d")))
                .body("data.items.referenceId", equalTo(List.of("2", "1")));
    }

    @Test
    void a_thousand_customers_are_renamed_and_a_vendor_sees_its_own_alone() {
        send("POST", Api.batch(0, 1000, "{'name':'x%d','groupName':'h'}"::formatted))
                .statusCode(200);

        send("PATCH", Api.batch(0, 1000, "{'name':'x%1$d','groupName':'h','newName':'y%1$d'}"::formatted))
                .body("data.items.size()", is(1000))
                .body("data.items[999].name", is("y999"));

        api.get("/customer_groups/h/customers").body("data.total", is(1000)).body("data.items[0].name", is("y0"));
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"b\"}]");
        Api.as(Vendors.GLOBEX)
                .patch("/customers", "[{\"name\":\"b\",\"newName\":\"a\"}]")
                .statusCode(200);
    }

    @Test
    void a_batch_is_deleted_and_answered_in_its_order_with_duplicates_once_and_no_batch_deletes_nothing() {
        api.delete("/customers").statusCode(400).body("status", is(1001));
        send(
                        "DELETE",
                        "[{'name':'b','groupName':'g'},{'name':'a','groupName':null},{'name':'b','groupName':'g'},{'name':'a'}]")
                .body(is(json("{'status':0,'data':{'items':[{'name':'b','groupName':'g'},{'name':'a'}]}}")));

        api.get("/customers")
                .body("data.total", is(2))
                .body("data.items.name.toString()", is("[a, b]"))
                .body("data.items.groupName.toString()", is("[g, null]"));
    }

    /** The method, a batch after which nothing may have changed, the status and the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # A name that a customer has before the batch is taken, also when the batch renames that customer.
            PATCH  | {'name':'a','groupName':'g','newName':'b'}                                       | 2102 | [0]: There is already a customer "b" in the customer group "g".
            PATCH  | {'name':'a','newName':'b'}                                                       | 2102 | [0]: There is already a customer "b" without a customer group.
            PATCH  | {'name':'a','newName':'b'},{'name':'b','newName':'c'}                            | 2102 | [0]: There is already a customer "b" without a customer group.
            PATCH  | {'name':'b','newName':'c'},{'name':'a','newName':'b'}                            | 2102 | [1]: There is already a customer "b" without a customer group.
            PATCH  | {'name':'a','newName':'b'},{'name':'b','newName':'a'}                            | 2102 | [0]: There is already a customer "b" without a customer group.
            PATCH  | {'name':'b','newName':'b'},{'name':'a','newName':'b'}                            | 2102 | [1]: There is already a customer "b" without a customer group.
            # Two entries cannot take one name, and the later one fails.
            PATCH  | {'name':'a','newName':'c'},{'name':'b','newName':'c'}                            | 2102 | [1]: An earlier entry already renames a customer to "c" there.
            # Within an entry, 2001 counts before 2101, 2102 and 2103; among the entries, the first one.
            PATCH  | {'name':'a','groupName':'no','newName':'b'}                                      | 2001 | [0]: There is no customer group "no".
            PATCH  | {'name':'a','groupName':'h','newName':'b'}                                       | 2101 | [0]: There is no customer "a" in the customer group "h".
            PATCH  | {'name':'c','newName':'b'}                                                       | 2101 | [0]: There is no customer "c" without a customer group.
            PATCH  | {'name':'a','newName':'b','referenceId':'1'}                                     | 2102 | [0]: There is already a customer "b" without a customer group.
            PATCH  | {'name':'a','newName':'c','referenceId':'1'}                                     | 2103 | [0]: The referenceId "1" belongs to another customer, "a".
            PATCH  | {'name':'a','newName':'c'},{'name':'x','newName':'b'},{'name':'b','newName':'a'} | 2101 | [1]: There is no customer "x" without a customer group.
            DELETE | {'name':'a'},{'name':'c'}                                                        | 2101 | [1]: There is no customer "c" without a customer group.
            DELETE | {'name':'a'},{'name':'a','groupName':'h'}                                        | 2101 | [1]: There is no customer "a" in the customer group "h".
            DELETE | {'name':'c','groupName':'no'},{'name':'a'}                                       | 2001 | [0]: There is no customer group "no".
            DELETE | {'name':'c','groupName':'g'},{'name':'a','groupName':'no'}                       | 2101 | [0]: There is no customer "c" in the customer group "g".
            DELETE | {'name':'a','groupName':'no'},{'name':'c','groupName':'g'}                       | 2001 | [0]: There is no customer group "no".
            # The form of all entries is checked first. A customer has one entry, whatever its new name, which only PATCH has.
            PATCH  | {'name':'a','newName':'b'},{'name':'b','newName':''}                             | 1001 | [1].newName: The name "" is blank; a name needs a character that is not white space.
            PATCH  | {'name':'a','newName':'c'},{'name':'a','newName':'d'}                            | 1001 | [1]: An earlier entry has the same customer, "a".
            PATCH  | {'name':'a','newName':'..'}                                                      | 1001 | [0].newName: The name ".." is not accepted: a client cannot send it in a path.
            PATCH  | {'name':'a','newName':1}                                                         | 1001 | [0].newName: 1 is not a string, and a string is wanted.
            PATCH  | {'newName':'c'}                                                                  | 1001 | [0]: The member "name" is missing.
            POST   | {'name':'a','newName':'c'}                                                       | 1001 | [0]: There is no member "newName"; accepted: name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId.
            POST   | {'name':'a','newName':null}                                                      | 1001 | [0]: There is no member "newName"; accepted: name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId.
            DELETE | {'name':'a','newName':'c'}                                                       | 1001 | [0]: There is no member "newName"; accepted: name, groupName.
            DELETE | {'name':'a','newName':null}                                                      | 1001 | [0]: There is no member "newName"; accepted: name, groupName.
            DELETE | {'name':'a','city':'x'}                                                          | 1001 | [0]: There is no member "city"; accepted: name, groupName.
            DELETE | {'name':'c'},{'name':''}                                                         | 1001 | [1].name: The name "" is blank; a name needs a character that is not white space.
            DELETE | {'name':'a'},{'groupName':'g'}                                                   | 1001 | [1]: The member "name" is missing.
            DELETE | 'a'                                                                              | 1001 | [0]: "a" is not an object, and an object is wanted.
            DELETE | ``                                                                               | 1001 | The array is empty; accepted: 1 to 1000 entries.
            """)
    void a_batch_with_an_entry_that_fails_renames_and_deletes_nothing(
            String method, String batch, int status, String msg) {
        String before = api.get("/customers").extract().asString();

        send(method, "[" + batch + "]").body("status", is(status)).body("msg", is(msg));

        api.get("/customers").body(is(before));
    }

    private ValidatableResponse send(String method, String body) {
        return api.send(method, "/customers", json(body));
    }

    /** JSON with apostrophes in place of quotes. */
    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
