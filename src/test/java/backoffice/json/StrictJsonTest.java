package backoffice.json;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.2, 3.4 and 3.5: a refused body is explained by the place and the value of its first fault. */
@QuarkusTest
class StrictJsonTest {

    /** The methods of each path that read a body. */
    private static final Map<String, List<String>> METHODS = Map.of(
            "/customer_groups", List.of("POST"),
            "/customer_groups/g", List.of("PATCH", "POST"),
            "/customer_groups/g/customers", List.of("POST", "DELETE"),
            "/customers", List.of("POST", "PATCH"),
            "/customers/data", List.of("POST"));

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            # A value of another type
            /customer_groups             | {"name":-1.5}                                | name: -1.5 is not a string, and a string is wanted.
            /customer_groups             | {"name":{"a":1}}                             | name: {"a":1} is not a string, and a string is wanted.
            /customer_groups/g/customers | [{"name":"a"},{"name":"b","groupName":true}] | [1].groupName: true is not a string, and a string is wanted.
            /customers/data              | {"querys":[{"op":0}]}                        | querys[0].op: 0 is not a string, and a string is wanted.
            /customers/data              | {"querys":[{"values":["a",["a"]]}]}          | querys[0].values[1]: ["a"] is not a string, and a string is wanted.
            /customer_groups/g/customers | {"name":"a"}                                 | {"name":"a"} is not an array, and an array is wanted.
            /customer_groups/g/customers | ""                                           | "" is not an array, and an array is wanted.
            /customers/data              | {"querys":" "}                               | querys: " " is not an array, and an array is wanted.
            /customers/data              | {"querys":[{"values":"a"}]}                  | querys[0].values: "a" is not an array, and an array is wanted.
            /customer_groups             | [{"name":"a"}]                               | [{"name":"a"}] is not an object, and an object is wanted.
            /customer_groups/g/customers | [{"name":"a"},"b"]                           | [1]: "b" is not an object, and an object is wanted.
            /customers/data              | {"querys":[[]]}                              | querys[0]: [] is not an object, and an object is wanted.
            /customers                   | [null]                                       | [0]: null is not an object, and an object is wanted.
            /customers                   | [{"name":"c","regDate":5}]                   | [0].regDate: 5 is not a string, and a string is wanted.
            /customers/data              | {"sorts":[{"name":"name"},null]}             | sorts[1]: null is not an object, and an object is wanted.

            # An unknown member, also a misspelled one. Its place is its object.
            /customer_groups/g/customers | [{"name":"a"},{"name":"b","Name":"c"}]       | [1]: There is no member "Name"; accepted: name, groupName.
            /customer_groups/g/customers | [{"a[0]":{"deep":[]},"name":"a"}]            | [0]: There is no member "a[0]"; accepted: name, groupName.
            /customers/data              | {"query":[]}                                 | There is no member "query"; accepted: querys, sorts.
            /customers/data              | {"querys":[{},{"value":"a"}]}                | querys[1]: There is no member "value"; accepted: name, op, values.
            /customers/data              | {"sorts":[{"name":"name","desc":true}]}      | sorts[0]: There is no member "desc"; accepted: name, order.

            # An array without an entry
            /customers                   | []                                           | The array is empty; accepted: 1 to 1000 entries.

            # A required member that is absent or null, and an illegal name
            /customer_groups             | {"name":null}                                | The member "name" is missing.
            /customer_groups/g/customers | [{"name":"a"},{"groupName":"g"}]             | [1]: The member "name" is missing.
            /customer_groups/g/customers | [{"name":"a"},{"name":".."}]                 | [1].name: The name ".." is not accepted: a client cannot send it in a path.
            /customer_groups/g/customers | [{"name":"a","groupName":" "}]               | [0].groupName: The name " " is blank; a name needs a character that is not white space.
            /customer_groups/g           | {"name":""}                                  | name: The name "" is blank; a name needs a character that is not white space.
            /customers                   | [{}]                                         | [0]: The member "name" is missing.
            /customers                   | [{"name":"c","groupName":"."}]               | [0].groupName: The name "." is not accepted: a client cannot send it in a path.
            /customers                   | [{"name":"c","city":"a\\u0000"}]             | [0].city: The text "a\\u0000" has the character U+0000 or a lone surrogate.
            /customers                   | [{"name":"c","description":"\\ud800"}]       | [0].description: The text "\\ud800" has the character U+0000 or a lone surrogate.
            /customers                   | [{"name":"c","regDate":" "}]                 | [0].regDate: " " is not a time; accepted: yyyy-MM-dd HH:mm:ss, yyyy-MM-dd, from the year 0001 to 9999.

            # The first fault in the order of the body
            /customer_groups/g/customers | [{"name":1},{"nmae":"a"}]                    | [0].name: 1 is not a string, and a string is wanted.
            /customer_groups/g/customers | [{"nmae":"a"},{"name":1}]                    | [0]: There is no member "nmae"; accepted: name, groupName.

            # Anything but one JSON value
            /customers                   | ``                                           | The body is missing; this call needs one, in JSON.
            /customer_groups/g/customers | `  `                                         | The body is missing; this call needs one, in JSON.
            /customers                   | null                                         | The body is missing; this call needs one, in JSON.
            /customer_groups             | {"name":"a"}{}                               | Something follows the end of the JSON; the body must be one JSON value.
            /customer_groups             | {                                            | The body is not well-formed JSON (line 1, column 2).
            /customer_groups             | {'name':'a'}                                 | The body is not well-formed JSON (line 1, column 2).
            /customer_groups             | {"name":"a",}                                | The body is not well-formed JSON (line 1, column 13).
            /customer_groups             | {"name":/**/"a"}                             | The body is not well-formed JSON (line 1, column 9).
            /customer_groups             | {"name":NaN}                                 | The body is not well-formed JSON (line 1, column 12).
            /customer_groups             | `{\n "name":\n  x}`                          | The body is not well-formed JSON (line 3, column 3).
            """)
    void a_refusal_names_the_place_and_what_is_accepted(String path, String body, String msg) {
        int status = msg.startsWith("querys[") || msg.startsWith("sorts[") ? 1002 : 1001;

        for (String method : METHODS.get(path)) {
            Api.as(Vendors.ACME)
                    .send(method, path, body)
                    .statusCode(400)
                    .body("status", is(status))
                    .body("msg", is(msg));
        }
    }

    @ParameterizedTest
    @CsvSource({"POST, ''", "PATCH, ', newName'"})
    void an_unknown_member_of_a_customer_is_refused_with_those_of_the_method(String method, String more) {
        Api.as(Vendors.ACME)
                .send(method, "/customers", "[{\"name\":\"c\",\"phone\":\"1\"}]")
                .statusCode(400)
                .body("status", is(1001))
                .body(
                        "msg",
                        is("[0]: There is no member \"phone\"; accepted: name, groupName, description, regDate,"
                                + " officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId"
                                + more + "."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name":"a","name":"a"}                                      | name
            {"name":"a","na\\u006De":"b"}                                | name
            {"x":{"y":[{"z":1,"z":2}]}}                                  | z
            [{"name":"a"},{"name":"b","groupName":"g","groupName":null}] | groupName
            {"sorts":[],"sorts":[]}                                      | sorts
            """)
    void a_duplicate_member_is_refused_at_any_depth(String body, String member) {
        post(body.getBytes(StandardCharsets.UTF_8))
                .body("status", is(1001))
                .body("msg", is("The member \"" + member + "\" appears twice in one object."));
    }

    @Test
    void a_byte_order_mark_is_skipped_and_the_members_of_an_object_have_no_order() {
        Sql.clean();
        post("\uFEFF{\"name\":\"甲😀\"}".getBytes(StandardCharsets.UTF_8)).statusCode(200);

        Api.as(Vendors.ACME)
                .post("/customers", " [{\"groupName\":\"甲😀\",\"name\":\"c\"}]\n")
                .body("data.items[0].groupName", is("甲😀"));
        post("\uFEFF \n".getBytes(StandardCharsets.UTF_8))
                .body("msg", is("The body is missing; this call needs one, in JSON."));
    }

    /** A byte that begins no sequence, a sequence cut short, overlong ones, a surrogate, beyond U+10FFFF, and UTF-16. */
    @ParameterizedTest
    @ValueSource(strings = {"FF22", "C322", "C0AF22", "E0808022", "EDA08022", "F490808022", "FFFE7B00"})
    void invalid_utf_8_is_refused(String bytes) {
        post(HexFormat.of().parseHex("7B226E616D65223A22" + bytes + "7D"))
                .statusCode(400)
                .body("msg", is("The body is not UTF-8."));
    }

    @Test
    void deep_nesting_and_a_number_of_thousands_of_digits_are_refused() {
        for (String excessive :
                new String[] {"[".repeat(1001), "{\"a\":".repeat(1001), "{\"name\":" + "1".repeat(5000) + "}"}) {
            post(excessive.getBytes(StandardCharsets.UTF_8))
                    .statusCode(400)
                    .body(
                            "msg",
                            is(
                                    "The JSON is nested deeper than 1000 levels, or has an excessively long number or member name."));
        }
    }

    private static ValidatableResponse post(byte[] body) {
        return Api.as(Vendors.ACME)
                .request()
                .contentType("application/json")
                .body(body)
                .post(Api.BASE_PATH + "/customer_groups")
                .then();
    }
}
