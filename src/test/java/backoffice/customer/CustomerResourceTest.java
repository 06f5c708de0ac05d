package backoffice.customer;

import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 3.3 to 3.5 and 5: the calls on customers. */
@QuarkusTest
public class CustomerResourceTest extends ApiTest {

    private static final String DATE = "'regDate':'2026-01-05 09:00:00'";
    private static final String FULL = "{'name':'c','groupName':'a','description':'d'," + DATE
            + ",'officeNumber':'o','mobileNumber':'m','email':'e','address':'ad','city':'ci',"
            + "'country':'co','postcode':'p','contact':'ct','referenceId':'r'}";

    @BeforeEach
    void two_groups() {
        createGroups("a", "b");
    }

    @Test
    void customers_are_created_and_answered_in_full_in_the_order_of_the_request() {
        post("[{'name':'z'," + DATE + "}," + FULL + ",{'name':'c','city':'x'," + DATE + "}]")
                .body(is(answer("{'name':'z'," + DATE + "}," + FULL + ",{'name':'c'," + DATE + ",'city':'x'}")));
    }

    @Test
    void every_read_answers_the_full_customer_with_its_members_in_the_documented_order() {
        post("[" + FULL + "]").statusCode(200);

        String answer = answer(FULL).replace("{\"items", "{\"total\":1,\"items");
        api.get("/customers").body(is(answer));
        api.post("/customers/data", "").body(is(answer));
        api.get("/customers/a/c").body(is(answer));
    }

    @Test
    void overwriting_clears_every_member_that_is_not_sent_except_regDate() {
        post("[" + FULL + "]").statusCode(200);
        long id = Sql.number("select id from customer");
        String rest = answer("{'name':'c','groupName':'a'," + DATE + ",'contact':'new'}");

        post("[{'name':'c','groupName':'a','contact':'new'}]").body(is(rest));

        patch("[{'name':'c','groupName':'a'}]").body(is(rest));
        assertEquals(id, Sql.number("select id from customer"), "it is the same customer");
    }

    @Test
    void a_regDate_without_a_time_means_midnight() {
        post("[{'name':'c','regDate':'2020-02-29'}]").body("data.items[0].regDate", is("2020-02-29 00:00:00"));
        patch("[{'name':'c','regDate':'2021-03-01'}]").body("data.items[0].regDate", is("2021-03-01 00:00:00"));
        for (String none : List.of("2020-02-30", "0000-01-01", "2020-2-9", "20200229", "2020-02-29T", " 2020-02-9")) {
            post("[{'name':'c','regDate':'" + none + "'}]").body("status", is(1001));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",'regDate':null", ",'regDate':''"})
    void a_customer_without_a_regDate_gets_the_present_time_and_keeps_it(String regDate) {
        post("[{'name':'c'" + regDate + "}]").statusCode(200);
        assertEquals(
                1,
                Sql.number("select count(*) from customer where abs(extract(epoch from"
                        + " reg_date - (now() at time zone 'Asia/Shanghai'))) < 60"));

        for (String time : List.of("2020-02-29 01:02:03", "0001-01-01 00:00:00", "9999-12-31 23:59:59")) {
            post("[{'name':'c','regDate':'" + time + "'}]").body("data.items[0].regDate", is(time));
            post("[{'name':'c'" + regDate + "}]").body("data.items[0].regDate", is(time));
        }
    }

    @Test
    void changing_affects_only_the_members_sent_and_null_or_empty_clears_them() {
        post("[" + FULL + "]").statusCode(200);
        String changed = answer("{'name':'c','groupName':'a','regDate':'2026-01-06 00:00:00','officeNumber':'o',"
                + "'mobileNumber':'m','city':'new','country':'co','postcode':'p','contact':'ct'}");

        patch("[{'name':'c','groupName':'a','city':'new','email':null,'address':'','description':null,"
                        + "'regDate':'2026-01-06','referenceId':null}]")
                .body(is(changed));

        patch("[{'name':'c','groupName':'a'}]").body(is(changed));
    }

    @Test
    void a_regDate_cannot_be_cleared() {
        post("[{'name':'c'},{'name':'d'}]").statusCode(200);

        for (String regDate : List.of("null", "''")) {
            patch("[{'name':'c','city':'x'},{'name':'d','regDate':" + regDate + "}]")
                    .body("status", is(1001))
                    .body("msg", containsString("[1].regDate"));
        }
        api.get("/customers/c").body("data.items[0].city", is(nullValue()));
    }

    @Test
    void an_absent_a_null_and_an_empty_groupName_are_the_same() {
        post("[{'name':'c','groupName':null,'city':'x'}]").statusCode(200);
        patch("[{'name':'c','groupName':'','country':'y'}]").statusCode(200);

        api.get("/customers/c").body("data.items[0].city", is("x")).body("data.items[0].country", is("y"));
        for (String again : List.of("{'name':'c'}", "{'name':'c','groupName':''}")) {
            post("[{'name':'c','groupName':null}," + again + "]")
                    .body("status", is(1001))
                    .body("msg", containsString("[1]"));
        }
    }

    /** The columns: the method, a batch after which nothing may have changed, the status and the message. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # A batch is done as a whole or not at all.
            POST  | {'name':'c','city':'new'},{'name':'d'},{'name':'e','groupName':'nobody'} | 2001 | [2]: There is no customer group "nobody".
            PATCH | {'name':'c','city':'new'},{'name':'new'}             | 2101 | [1]: There is no customer "new" without a customer group.
            PATCH | {'name':'c','groupName':'nobody'}                    | 2001 | [0]: There is no customer group "nobody".
            PATCH | {'name':'c','groupName':'a'}                         | 2101 | [0]: There is no customer "c" in the customer group "a".
            # The form of all entries is checked first, and then the first entry that fails decides.
            POST  | {'name':'new','referenceId':'1'},{'name':'e','groupName':'nobody'}    | 2103 | [0]: The referenceId "1" belongs to another customer, "x".
            POST  | {'name':'e','groupName':'nobody'},{'name':'new','referenceId':'1'}    | 2001 | [0]: There is no customer group "nobody".
            PATCH | {'name':'new','referenceId':'1'}                     | 2101 | [0]: There is no customer "new" without a customer group.
            POST  | {'name':'new','referenceId':'1'},{'name':'z'},{'name':'z'}            | 1001 | [2]: An earlier entry has the same customer, "z".
            POST  | {'name':'e','groupName':'nobody'},{'name':''}        | 1001 | [1].name: The name "" is blank; a name needs a character that is not white space.
            # A referenceId belongs to one customer. PATCH keeps one that is not sent, and the later of two entries fails.
            POST  | {'name':'z','referenceId':'3'},{'name':'y','referenceId':'1'} | 2103 | [1]: The referenceId "1" belongs to another customer, "x".
            PATCH | {'name':'z','referenceId':'3'},{'name':'y','referenceId':'1'} | 2103 | [1]: The referenceId "1" belongs to another customer, "x".
            PATCH | {'name':'z','referenceId':'1'},{'name':'x','city':'c'}        | 2103 | [0]: The referenceId "1" belongs to another customer, "x".
            POST  | {'name':'x','groupName':'a','referenceId':'1'}                | 2103 | [0]: The referenceId "1" belongs to another customer, "x".
            POST  | {'name':'z','referenceId':'1'},{'name':'y'},{'name':'x','referenceId':'1'}  | 2103 | [2]: The referenceId "1" belongs to another customer, "z".
            PATCH | {'name':'z','referenceId':'1'},{'name':'x','referenceId':'1'}               | 2103 | [1]: The referenceId "1" belongs to another customer, "z".
            """)
    void a_batch_with_an_entry_that_fails_changes_nothing(String method, String batch, int status, String msg) {
        post("[{'name':'c','city':'old'},{'name':'x','referenceId':'1'},{'name':'y','referenceId':'2'},{'name':'z'}]")
                .statusCode(200);
        String before = api.get("/customers").extract().asString();

        send(method, "[" + batch + "]").body("status", is(status)).body("msg", is(msg));

        api.get("/customers").body(is(before));
    }

    @Test
    void text_is_stored_as_sent_up_to_its_maximum_length() {
        String text = "\\n\\t\\u0001\\u0027\\\"%\uD83D\uDE00 \\\\";
        post("[{'name':'c','email':'" + text + "'}]").statusCode(200);
        api.get("/customers/c").body("data.items[0].email", is("\n\t\u0001'\"%\uD83D\uDE00 \\"));

        String longest = "\uD83D\uDE00".repeat(2000);
        post("[{'name':'c','city':'" + longest.substring(0, 510) + "','description':'" + longest + "'}]")
                .body("data.items[0].description", is(longest));
        post("[{'name':'c','city':'" + "x".repeat(256) + "'}]")
                .body("msg", startsWith("[0].city: A text is too long; accepted: up to 255 code points. It starts"));
        patch("[{'name':'c','description':'" + "x".repeat(2001) + "'}]")
                .body("msg", startsWith("[0].description: A text is too long; accepted: up to 2000 code points."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void two_customers_can_swap_referenceIds_and_three_can_rotate_them_or_have_none(String method) {
        send("POST", references("'1'", "'2'", "null")).statusCode(200);
        for (String[] next : new String[][] {
            {"'2'", "'1'", "null"},
            {"null", "'2'", "'1'"},
            {"'1'", "null", "'2'"},
            {"'1'", "null", "'2'"},
            {"null", "null", "null"}
        }) {
            send(method, references(next)).body("status", is(0));

            List<String> stored = api.get("/customers").extract().path("data.items.referenceId");
            assertEquals(
                    List.of(next),
                    stored.stream()
                            .map(id -> id == null ? "null" : "'" + id + "'")
                            .toList());
        }
    }

    @Test
    void a_post_entry_without_a_referenceId_gives_its_referenceId_up() {
        post(references("'1'", "'2'", "null")).statusCode(200);

        post("[{'name':'x','groupName':'a','referenceId':'1'},{'name':'x'}]").statusCode(200);

        api.get("/customers").body("data.items.referenceId", equalTo(Arrays.asList(null, "1", "2", null)));
    }

    @Test
    void customers_are_listed_by_name_and_then_by_group_with_those_without_a_group_first() {
        post("""
                [{'name':'y','groupName':'b'},{'name':'y'},{'name':'中'},{'name':'y','groupName':'a'},{'name':'B','groupName':'b'}]
                """).statusCode(200);

        api.get("/customers")
                .body("data.total", is(5))
                .body("data.items.name", equalTo(List.of("B", "y", "y", "y", "中")))
                .body("data.items.groupName", equalTo(Arrays.asList("b", null, "a", "b", null)));
        api.get("/customers?offset=1&limit=1")
                .body("data.total", is(5))
                .body("data.items.groupName", equalTo(Arrays.asList((String) null)));
        api.get("/customers?offset=5").body("data.total", is(5)).body("data.items.size()", is(0));
    }

    @Test
    void a_customer_is_found_and_deleted_only_in_its_own_group() {
        post("[{'name':'c','city':'in a','groupName':'a'},{'name':'c','city':'in none'}]")
                .statusCode(200);

        api.get("/customers/c").body("data.total", is(1)).body("data.items.city", is(List.of("in none")));
        api.get("/customers/a/c").body("data.total", is(1)).body("data.items.city", is(List.of("in a")));
        api.get("/customers/b/c").statusCode(404).body("status", is(2101));
        api.delete("/customers/a/c").body(is(answer("{'name':'c','groupName':'a'}")));
        api.get("/customers/c").body("data.items.city", is(List.of("in none")));
        api.delete("/customers/c").body(is(answer("{'name':'c'}")));
        api.delete("/customers/c").statusCode(404).body("status", is(2101));
        api.get("/customers").body("data.total", is(0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /customers/x        | 2101 | There is no customer "x" without a customer group.
            /customers/a/x      | 2101 | There is no customer "x" in the customer group "a".
            /customers/nobody/c | 2001 | There is no customer group "nobody".
            """)
    void a_missing_customer_is_2101_and_a_missing_group_is_2001(String path, int status, String msg) {
        post("[{'name':'c'}]").statusCode(200);

        api.get(path).statusCode(404).body("status", is(status)).body("msg", is(msg));
        api.delete(path).statusCode(404).body("status", is(status)).body("msg", is(msg));
        api.get("/customers").body("data.total", is(1));
    }

    @Test
    void post_to_data_is_the_search_and_every_other_method_reaches_the_customer() {
        post("[{'name':'data'},{'name':'other'}]").statusCode(200);

        api.post("/customers/data", "{}").body("data.total", is(2));
        api.get("/customers/data").body("data.items.name", is(List.of("data")));
        api.delete("/customers/data").statusCode(200);
        api.get("/customers").body("data.items.name", is(List.of("other")));
    }

    private ValidatableResponse post(String body) {
        return send("POST", body);
    }

    private ValidatableResponse patch(String body) {
        return send("PATCH", body);
    }

    /** @param body JSON with apostrophes in place of quotes */
    private ValidatableResponse send(String method, String body) {
        return api.send(method, "/customers", body.replace('\'', '"'));
    }

    private static String answer(String items) {
        return ("{'status':0,'data':{'items':[" + items + "]}}").replace('\'', '"');
    }

    /** A batch that gives these referenceIds to x, y and z. */
    private static String references(String... ids) {
        return "[{'name':'x','referenceId':%s},{'name':'y','referenceId':%s},{'name':'z','referenceId':%s}]"
                .formatted((Object[]) ids);
    }
}
