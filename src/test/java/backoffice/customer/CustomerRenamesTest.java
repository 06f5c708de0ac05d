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

/** docs/api.md, section 5.3: PATCH renames customers. */
@QuarkusTest
public class CustomerRenamesTest extends ApiTest {

    private static final String DATE = ",'regDate':'2026-01-05 09:00:00'";

    @BeforeEach
    void customers_with_equal_names_in_and_without_a_group() {
        createGroups("g", "h");
        send(
                        "POST",
                        "[{'name':'a','groupName':'g','city':'old','email':'e','referenceId':'1'%1$s},".formatted(DATE)
                                + "{'name':'b','groupName':'g','referenceId':'2'%1$s},{'name':'a'%1$s},{'name':'b'%1$s}]"
                                        .formatted(DATE))
                .statusCode(200);
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
                .body(is(answer("{'name':'c','groupName':'g'" + DATE + ",'city':'new','referenceId':'1'},{'name':'d'"
                        + DATE + "}")));

        assertEquals(id, Sql.number("select id from customer where name = 'c'"), "it is the same customer");
        assertEquals(List.of("b", "b", "c", "d"), names());
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
        assertEquals(List.of("a", "a", "b", "b"), names());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'groupName':null", ",'groupName':''"})
    void a_customer_without_a_group_is_renamed_without_one(String groupName) {
        send("PATCH", "[{'name':'a'" + groupName + ",'newName':'c'}]")
                .body("data.items[0].name", is("c"))
                .body("data.items[0].groupName", is(nullValue()));
        api.get("/customers/g/a").statusCode(200);
    }

    /** A batch after which nothing may have changed, the status and the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # A name that a customer has before the batch is taken, also when the batch renames that customer.
            {'name':'a','groupName':'g','newName':'b'}                                              | 2102 | [0]: There is already a customer "b" in the customer group "g".
            {'name':'a','newName':'b'}                                                              | 2102 | [0]: There is already a customer "b" without a customer group.
            {'name':'a','newName':'b'},{'name':'b','newName':'c'}                                   | 2102 | [0]: There is already a customer "b" without a customer group.
            {'name':'b','newName':'c'},{'name':'a','newName':'b'}                                   | 2102 | [1]: There is already a customer "b" without a customer group.
            {'name':'a','newName':'b'},{'name':'b','newName':'a'}                                   | 2102 | [0]: There is already a customer "b" without a customer group.
            {'name':'b','newName':'b'},{'name':'a','newName':'b'}                                   | 2102 | [1]: There is already a customer "b" without a customer group.
            # Two entries cannot take one name, and the later one fails.
            {'name':'a','newName':'c'},{'name':'b','newName':'c'}                                   | 2102 | [1]: An earlier entry already renames a customer to "c" there.
            # Within an entry, 2001 counts before 2101, 2102 and 2103; among the entries, the first one.
            {'name':'a','groupName':'no','newName':'b'}                                             | 2001 | [0]: There is no customer group "no".
            {'name':'a','groupName':'h','newName':'b'}                                              | 2101 | [0]: There is no customer "a" in the customer group "h".
            {'name':'c','newName':'b'}                                                              | 2101 | [0]: There is no customer "c" without a customer group.
            {'name':'a','newName':'b','referenceId':'1'}                                            | 2102 | [0]: There is already a customer "b" without a customer group.
            {'name':'a','newName':'c','referenceId':'1'}                                            | 2103 | [0]: The referenceId "1" belongs to another customer, "a".
            {'name':'a','newName':'c'},{'name':'x','newName':'b'},{'name':'b','newName':'a'}        | 2101 | [1]: There is no customer "x" without a customer group.
            # The form of all entries is checked first. A customer has one entry, whatever its new name.
            {'name':'a','newName':'b'},{'name':'b','newName':''}                                    | 1001 | [1].newName: The name "" is blank; a name needs a character that is not white space.
            {'name':'a','newName':'c'},{'name':'a','newName':'d'}                                   | 1001 | [1]: An earlier entry has the same customer, "a".
            {'name':'a','newName':'..'}                                                             | 1001 | [0].newName: The name ".." is not accepted: a client cannot send it in a path.
            {'name':'a','newName':1}                                                                | 1001 | [0].newName: 1 is not a string, and a string is wanted.
            {'newName':'c'}                                                                         | 1001 | [0]: The member "name" is missing.
            """)
    void a_batch_with_an_entry_that_fails_renames_nothing(String batch, int status, String msg) {
        String before = api.get("/customers").extract().asString();

        send("PATCH", "[" + batch + "]").body("status", is(status)).body("msg", is(msg));

        api.get("/customers").body(is(before));
    }

    @Test
    void only_a_patch_has_new_names() {
        for (String newName : List.of("'c'", "null")) {
            for (String method : List.of("POST", "DELETE")) {
                send(method, "[{'name':'a','newName':" + newName + "}]")
                        .body("status", is(1001))
                        .body("msg", startsWith("[0]: There is no member \"newName\"; accepted: name, groupName"));
            }
        }
    }

    @Test
    void customers_that_are_renamed_swap_their_referenceIds() {
        send(
                        "PATCH",
                        "[{'name':'a','groupName':'g','newName':'c','referenceId':'2'},"
                                + "{'name':'b','groupName':'g','newName':'d','referenceId':'1'}]")
                .body("data.items.name", equalTo(List.of("c", "d")))
                .body("data.items.referenceId", equalTo(List.of("2", "1")));
    }

    @Test
    void a_thousand_customers_are_renamed_and_a_vendor_sees_its_own_alone() {
        send("POST", batch("{'name':'x%d','groupName':'h'}")).statusCode(200);

        send("PATCH", batch("{'name':'x%d','groupName':'h','newName':'y%d'}"))
                .body("data.items.size()", is(1000))
                .body("data.items[999].name", is("y999"));

        api.get("/customer_groups/h/customers").body("data.total", is(1000)).body("data.items[0].name", is("y0"));
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"b\"}]");
        Api.as(Vendors.GLOBEX)
                .patch("/customers", "[{\"name\":\"b\",\"newName\":\"a\"}]")
                .statusCode(200);
    }

    private static String batch(String entry) {
        return Api.batch(0, 1000, i -> entry.replace("%d", "" + i));
    }

    private List<String> names() {
        return api.get("/customers").extract().path("data.items.name");
    }

    /** @param body JSON with apostrophes in place of quotes */
    private ValidatableResponse send(String method, String body) {
        return api.send(method, "/customers", body.replace('\'', '"'));
    }

    private static String answer(String items) {
        return ("{'status':0,'data':{'items':[" + items + "]}}").replace('\'', '"');
    }
}
