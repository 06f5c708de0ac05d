package backoffice.customer;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 3.3, 3.4, 3.5 and 5.2: the form of a batch of customers. */
@QuarkusTest
class CustomerFormTest extends ApiTest {

    @Test
    void text_is_stored_as_sent_up_to_its_maximum_length() {
        String text = "\\n\\t\\u0001'\\\"%\uD83D\uDE00 \\\\";
        post("[{\"name\":\"c\",\"email\":\"" + text + "\"}]").statusCode(200);
        api.get("/customers/c").body("data.items[0].email", is("\n\t\u0001'\"%\uD83D\uDE00 \\"));

        post("[{\"name\":\"c\",\"city\":\"" + "\uD83D\uDE00".repeat(255) + "\",\"description\":\""
                        + "\uD83D\uDE00".repeat(2000) + "\"}]")
                .statusCode(200);
        api.get("/customers/c").body("data.items[0].description", is("\uD83D\uDE00".repeat(2000)));
        post("[{\"name\":\"c\",\"city\":\"" + "x".repeat(256) + "\"}]")
                .statusCode(400)
                .body(
                        "msg",
                        is("[0].city: A text is too long; accepted: up to 255 code points. It starts with \""
                                + "x".repeat(100) + "…\"."));
        patch("[{\"name\":\"c\",\"description\":\"" + "x".repeat(2001) + "\"}]")
                .statusCode(400)
                .body("msg", containsString("[0].description"));
    }

    @Test
    void a_batch_has_1_to_1000_entries() {
        String batch = IntStream.range(0, 1000)
                .mapToObj(i -> "{\"name\":\"c" + i + "\",\"referenceId\":\"r" + i + "\"}")
                .collect(Collectors.joining(","));
        for (String method : List.of("POST", "PATCH")) {
            api.send(method, "/customers", "[]").statusCode(400).body("status", is(1001));
            api.send(method, "/customers", "[" + batch + ",{\"name\":\"x\"}]")
                    .statusCode(400)
                    .body("status", is(1001));
            api.send(method, "/customers", "[" + batch + "]").statusCode(200).body("data.items.size()", is(1000));
        }
        api.get("/customers").body("data.total", is(1000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "",
                "[null]",
                "[{}]",
                "[{\"name\":\"c\",\"city\":5}]",
                "[{\"name\":\"c\",\"city\":[]}]",
                "[{\"name\":\"c\",\"regDate\":5}]",
                "[{\"name\":\"c\",\"city\":\"x\",\"city\":\"x\"}]",
                "[{\"name\":\"c\",\"id\":\"x\"}]",
                "[{\"name\":\"c\",\"city\":\"\\u0000\"}]",
                "[{\"name\":\"c\",\"city\":\"\\ud800\"}]",
                "[{\"name\":\"c\",\"description\":\"\\udc00\\ud800\"}]",
                "[{\"name\":\"c\",\"referenceId\":\"a\\u0000\"}]",
                "[{\"name\":\"c\",\"regDate\":\"2026-02-30 00:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\"0000-01-01 00:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\"-001-01-01 00:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\"+10000-01-01 00:00:0\"}]",
                "[{\"name\":\"c\",\"regDate\":\"２０２６-01-01 00:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\"2026-01-01T00:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\"2026-01-01 24:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\" \"}]",
                "[{\"name\":\"c\",\"groupName\":\".\"}]"
            })
    void a_body_that_is_not_a_batch_is_1001(String body) {
        post(body).statusCode(400).body("status", is(1001));
        patch(body).statusCode(400).body("status", is(1001));
        api.get("/customers").body("data.total", is(0));
    }

    @Test
    void an_unknown_member_is_refused_with_the_accepted_members() {
        post("[{\"name\":\"c\",\"phone\":\"1\"}]")
                .body(
                        "msg",
                        is(
                                "[0]: There is no member \"phone\"; accepted: name, groupName, description, regDate,"
                                        + " officeNumber, mobileNumber, email, address, city, country, postcode, contact, referenceId."));
    }

    private ValidatableResponse post(String body) {
        return api.post("/customers", body);
    }

    private ValidatableResponse patch(String body) {
        return api.patch("/customers", body);
    }
}
