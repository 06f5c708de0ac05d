package backoffice.json;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.2, 3.4 and 3.5: a refused body is explained by the place and the value of its first fault. */
@QuarkusTest
class StrictJsonTest {

    /** The columns: the methods and the path of each call, the body and the message. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', emptyValue = "", textBlock = """
            # A value of another type
            POST /customer_groups                    | {"name":-1.5}                                | name: -1.5 is not a string, and a string is wanted.
            POST /customer_groups                    | {"name":{"a":1}}                             | name: {"a":1} is not a string, and a string is wanted.
            POST DELETE /customer_groups/g/customers | [{"name":"a"},{"name":"b","groupName":true}] | [1].groupName: true is not a string, and a string is wanted.
            POST /customers/data                     | {"querys":[{"op":0}]}                        | querys[0].op: 0 is not a string, and a string is wanted.
            POST /customers/data                     | {"querys":[{"values":["a",["a"]]}]}          | querys[0].values[1]: ["a"] is not a string, and a string is wanted.
            POST DELETE /customer_groups/g/customers | {"name":"a"}                                 | {"name":"a"} is not an array, and an array is wanted.
            POST DELETE /customer_groups/g/customers | ""                                           | "" is not an array, and an array is wanted.
            POST /customers/data                     | {"querys":" "}                               | querys: " " is not an array, and an array is wanted.
            POST /customers/data                     | {"querys":[{"values":"a"}]}                  | querys[0].values: "a" is not an array, and an array is wanted.
            POST /customer_groups                    | [{"name":"a"}]                               | [{"name":"a"}] is not an object, and an object is wanted.
            POST DELETE /customer_groups/g/customers | [{"name":"a"},"b"]                           | [1]: "b" is not an object, and an object is wanted.
            POST /customers/data                     | {"querys":[[]]}                              | querys[0]: [] is not an object, and an object is wanted.
            POST PATCH DELETE /customers             | [null]                                       | [0]: null is not an object, and an object is wanted.
            DELETE /customers                        | {"name":"a"}                                 | {"name":"a"} is not an array, and an array is wanted.
            DELETE /customers                        | {}                                           | {} is not an array, and an array is wanted.
            POST PATCH /customers                    | [{"name":"c","regDate":5}]                   | [0].regDate: 5 is not a string, and a string is wanted.
            POST /customers/data                     | {"sorts":[{"name":"name"},null]}             | sorts[1]: null is not an object, and an object is wanted.

            # An unknown member, also a misspelled one. Its place is its object.
            POST DELETE /customer_groups/g/customers | [{"name":"a"},{"name":"b","Name":"c"}]       | [1]: There is no member "Name"; accepted: name, groupName.
            POST DELETE /customer_groups/g/customers | [{"a[0]":{"deep":[]},"name":"a"}]            | [0]: There is no member "a[0]"; accepted: name, groupName.
            POST /customers/data                     | {"query":[]}                                 | There is no member "query"; accepted: querys, sorts.
            POST /customers/data                     | {"querys":[{},{"value":"a"}]}                | querys[1]: There is no member "value"; accepted: name, op, values.
            POST /customers/data                     | {"sorts":[{"name":"name","desc":true}]}      | sorts[0]: There is no member "desc"; accepted: name, order.
            POST /customers                          | [{"name":"c","phone":"1"}]                   | [0]: There is no member "phone"; accepted: name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId.
            PATCH /customers                         | [{"name":"c","phone":"1"}]                   | [0]: There is no member "phone"; accepted: name, groupName, description, regDate, officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId, newName.

            # An array without an entry
            POST PATCH DELETE /customers             | []                                           | The array is empty; accepted: 1 to 1000 entries.

            # A required member that is absent or null, and an illegal name
            POST /customer_groups                    | {"name":null}                                | The member "name" is missing.
            POST DELETE /customer_groups/g/customers | [{"name":"a"},{"groupName":"g"}]             | [1]: The member "name" is missing.
            POST DELETE /customer_groups/g/customers | [{"name":"a"},{"name":".."}]                 | [1].name: The name ".." is not accepted: a client cannot send it in a path.
            POST DELETE /customer_groups/g/customers | [{"name":"a","groupName":" "}]               | [0].groupName: The name " " is blank; a name needs a character that is not white space.
            DELETE /customer_groups/g/customers      | [{"name":"a"},{"name":"b","groupName":"h"}]  | [1].groupName: The entry names the group "h"; accepted: none, or the group in the path, "g".
            PATCH POST /customer_groups/g            | {"name":""}                                  | name: The name "" is blank; a name needs a character that is not white space.
            POST PATCH DELETE /customers             | [{}]                                         | [0]: The member "name" is missing.
            POST PATCH DELETE /customers             | [{"name":"c","groupName":"."}]               | [0].groupName: The name "." is not accepted: a client cannot send it in a path.
            POST PATCH /customers                    | [{"name":"c","city":"a\\u0000"}]             | [0].city: The text "a\\u0000" has the character U+0000 or a lone surrogate.
            POST PATCH /customers                    | [{"name":"c","description":"\\ud800"}]       | [0].description: The text "\\ud800" has the character U+0000 or a lone surrogate.
            POST PATCH /customers                    | [{"name":"c","regDate":" "}]                 | [0].regDate: " " is not a time; accepted: yyyy-MM-dd HH:mm:ss, yyyy-MM-dd, from the year 0001 to 9999.

            # The first fault in the order of the body
            POST DELETE /customer_groups/g/customers | [{"name":1},{"nmae":"a"}]                    | [0].name: 1 is not a string, and a string is wanted.
            POST DELETE /customer_groups/g/customers | [{"nmae":"a"},{"name":1}]                    | [0]: There is no member "nmae"; accepted: name, groupName.

            # A duplicate member, at any depth, whatever the call reads
            POST /customer_groups                    | {"name":"a","name":"a"}                      | The member "name" appears twice in one object.
            POST /customer_groups                    | {"name":"a","na\\u006De":"b"}                | The member "name" appears twice in one object.
            POST /customer_groups                    | {"x":{"y":[{"z":1,"z":2}]}}                  | The member "z" appears twice in one object.
            POST /customer_groups                    | [{"name":"a"},{"name":"b","groupName":"g","groupName":null}] | The member "groupName" appears twice in one object.
            POST /customer_groups                    | {"sorts":[],"sorts":[]}                      | The member "sorts" appears twice in one object.

            # Anything but one JSON value
            POST PATCH DELETE /customers             | ``                                           | The body is missing; this call needs one, in JSON.
            POST DELETE /customer_groups/g/customers | `  `                                         | The body is missing; this call needs one, in JSON.
            POST PATCH DELETE /customers             | null                                         | The body is missing; this call needs one, in JSON.
            POST /customer_groups                    | {"name":"a"}{}                               | Something follows the end of the JSON; the body must be one JSON value.
            POST /customer_groups                    | {                                            | The body is not well-formed JSON (line 1, column 2).
            POST /customer_groups                    | {'name':'a'}                                 | The body is not well-formed JSON (line 1, column 2).
            POST /customer_groups                    | {"name":"a",}                                | The body is not well-formed JSON (line 1, column 13).
            POST /customer_groups                    | {"name":/**/"a"}                             | The body is not well-formed JSON (line 1, column 9).
            POST /customer_groups                    | {"name":NaN}                                 | The body is not well-formed JSON (line 1, column 12).
            POST /customer_groups                    | `{\n "name":\n  x}`                          | The body is not well-formed JSON (line 3, column 3).

            # In a small body, before any fault of its members
            POST /customers/data                     | {"querys":[{"op":0}]                         | The body is not well-formed JSON (line 1, column 21).
            POST /customers/data                     | {"querys":[{"op":0,"op":0}]                  | The member "op" appears twice in one object.
            POST /customers/data                     | {"querys":[{"op":0}]}{}                      | Something follows the end of the JSON; the body must be one JSON value.
            """)
    void a_refusal_names_the_place_and_what_is_accepted(String calls, String body, String msg) {
        int status = msg.startsWith("querys[") || msg.startsWith("sorts[") ? 1002 : 1001;
        String[] methodsAndPath = calls.split(" (?=/)");

        for (String method : methodsAndPath[0].split(" ")) {
            Api.as(Vendors.ACME)
                    .send(method, methodsAndPath[1], body)
                    .statusCode(400)
                    .body("status", is(status))
                    .body("msg", is(msg));
        }
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
    void invalid_utf_8_is_refused_in_a_body_of_any_size(String bytes) {
        for (int spaces : new int[] {0, 9_000}) {
            post(HexFormat.of().parseHex("20".repeat(spaces) + "7B226E616D65223A22" + bytes + "7D"))
                    .statusCode(400)
                    .body("msg", is("The body is not UTF-8."));
        }
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
