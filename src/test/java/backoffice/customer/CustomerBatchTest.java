package backoffice.customer;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 3.3 to 3.5 and 5.2 to 5.4: writing customers in batches. */
@QuarkusTest
public class CustomerBatchTest extends ApiTest {

    private static final String DATE = "\"regDate\":\"2026-01-05 09:00:00\"";
    private static final String FULL = "{\"name\":\"c\",\"groupName\":\"a\",\"description\":\"d\"," + DATE
            + ",\"officeNumber\":\"o\",\"mobileNumber\":\"m\",\"email\":\"e\",\"address\":\"ad\",\"city\":\"ci\","
            + "\"country\":\"co\",\"postcode\":\"p\",\"contact\":\"ct\",\"referenceId\":\"r\"}";

    @BeforeEach
    void one_group() {
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @Test
    void customers_are_created_and_answered_in_full_in_the_order_of_the_request() {
        post("[{\"name\":\"z\"," + DATE + "}," + FULL + ",{\"name\":\"c\",\"city\":\"x\"," + DATE + "}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"z\"," + DATE + "}," + FULL
                        + ",{\"name\":\"c\"," + DATE + ",\"city\":\"x\"}]}}"));

        api.get("/customers").body("data.total", is(3));
        api.get("/customers/a/c").body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":[" + FULL + "]}}"));
    }

    @Test
    void overwriting_clears_every_member_that_is_not_sent_except_regDate() {
        post("[" + FULL + "]").statusCode(200);
        long id = Sql.number("select id from customer");
        String rest = "{\"name\":\"c\",\"groupName\":\"a\"," + DATE + ",\"contact\":\"new\"}";

        post("[{\"name\":\"c\",\"groupName\":\"a\",\"contact\":\"new\"}]")
                .statusCode(200)
                .body(is("{\"status\":0,\"data\":{\"items\":[" + rest + "]}}"));

        api.get("/customers/a/c").body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":[" + rest + "]}}"));
        assertEquals(id, Sql.number("select id from customer"), "it is the same customer");
    }

    @Test
    void a_regDate_without_a_time_means_midnight() {
        post("[{\"name\":\"c\",\"regDate\":\"2020-02-29\"}]")
                .statusCode(200)
                .body("data.items[0].regDate", is("2020-02-29 00:00:00"));
        api.patch("/customers", "[{\"name\":\"c\",\"regDate\":\"2021-03-01\"}]")
                .body("data.items[0].regDate", is("2021-03-01 00:00:00"));
        for (String none : List.of("2020-02-30", "0000-01-01", "2020-2-9", "20200229", "2020-02-29T", " 2020-02-9")) {
            post("[{\"name\":\"c\",\"regDate\":\"" + none + "\"}]")
                    .statusCode(400)
                    .body("status", is(1001));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"regDate\":null", ",\"regDate\":\"\""})
    void a_customer_without_a_regDate_gets_the_present_time_and_keeps_it(String regDate) {
        post("[{\"name\":\"c\"" + regDate + "}]").statusCode(200);
        assertEquals(
                1,
                Sql.number("select count(*) from customer where abs(extract(epoch from"
                        + " reg_date - (now() at time zone 'Asia/Shanghai'))) < 60"));

        Sql.execute("update customer set reg_date = timestamp '2020-02-29 01:02:03'");
        post("[{\"name\":\"c\"" + regDate + "}]").body("data.items[0].regDate", is("2020-02-29 01:02:03"));
        post("[{\"name\":\"c\",\"regDate\":\"0001-01-01 00:00:00\"}]")
                .body("data.items[0].regDate", is("0001-01-01 00:00:00"));
        api.get("/customers/c").body("data.items[0].regDate", is("0001-01-01 00:00:00"));
    }

    @Test
    void changing_affects_only_the_members_sent_and_null_or_empty_clears_them() {
        post("[" + FULL + "]").statusCode(200);

        patch(
                        "[{\"name\":\"c\",\"groupName\":\"a\",\"city\":\"new\",\"email\":null,\"address\":\"\",\"description\":null,"
                                + "\"regDate\":\"9999-12-31 23:59:59\",\"referenceId\":null}]")
                .statusCode(200);

        String changed =
                "{\"name\":\"c\",\"groupName\":\"a\",\"regDate\":\"9999-12-31 23:59:59\",\"officeNumber\":\"o\","
                        + "\"mobileNumber\":\"m\",\"city\":\"new\",\"country\":\"co\",\"postcode\":\"p\",\"contact\":\"ct\"}";
        api.get("/customers/a/c").body(is("{\"status\":0,\"data\":{\"total\":1,\"items\":[" + changed + "]}}"));
        patch("[{\"name\":\"c\",\"groupName\":\"a\"}]")
                .body(is("{\"status\":0,\"data\":{\"items\":[" + changed + "]}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\""})
    void a_regDate_cannot_be_cleared(String regDate) {
        post("[{\"name\":\"c\"},{\"name\":\"d\"}]").statusCode(200);

        patch("[{\"name\":\"c\",\"city\":\"x\"},{\"name\":\"d\",\"regDate\":" + regDate + "}]")
                .statusCode(400)
                .body("status", is(1001))
                .body("msg", containsString("[1].regDate"));
        api.get("/customers/c").body("data.items[0].city", is(nullValue()));
    }

    @Test
    void an_absent_a_null_and_an_empty_groupName_are_the_same() {
        post("[{\"name\":\"c\",\"groupName\":null,\"city\":\"x\"}]").statusCode(200);
        patch("[{\"name\":\"c\",\"groupName\":\"\",\"country\":\"y\"}]").statusCode(200);

        api.get("/customers/c").body("data.items[0].city", is("x")).body("data.items[0].country", is("y"));
        for (String again : List.of("{\"name\":\"c\"}", "{\"name\":\"c\",\"groupName\":\"\"}")) {
            post("[{\"name\":\"c\",\"groupName\":null}," + again + "]")
                    .statusCode(400)
                    .body("status", is(1001))
                    .body("msg", containsString("[1]"));
        }
    }

    @ParameterizedTest
    @CsvSource({"nobody, c, 2001", "a, c, 2101", ", c, 2101"})
    void changing_a_missing_customer_or_group_is_2101_or_2001(String group, String name, int status) {
        String groupName = group == null ? "null" : "\"" + group + "\"";

        patch("[{\"name\":\"" + name + "\",\"groupName\":" + groupName + "}]")
                .statusCode(404)
                .body("status", is(status))
                .body("msg", containsString("[0]"));
    }

    @Test
    void a_batch_is_done_as_a_whole_or_not_at_all() {
        post("[{\"name\":\"c\",\"city\":\"old\"}]").statusCode(200);

        post("[{\"name\":\"c\",\"city\":\"new\"},{\"name\":\"d\"},{\"name\":\"e\",\"groupName\":\"nobody\"}]")
                .statusCode(404)
                .body(is("{\"status\":2001,\"msg\":\"[2]: There is no customer group \\\"nobody\\\".\"}"));
        patch("[{\"name\":\"c\",\"city\":\"new\"},{\"name\":\"x\"}]")
                .statusCode(404)
                .body(is(
                        "{\"status\":2101,\"msg\":\"[1]: There is no customer \\\"x\\\" without a customer group.\"}"));

        api.get("/customers").body("data.items.city", equalTo(List.of("old")));
    }

    @Test
    void the_form_of_all_entries_is_checked_first_and_then_the_first_failing_entry_decides() {
        post("[{\"name\":\"h\",\"referenceId\":\"r\"}]").statusCode(200);
        String taken = "{\"name\":\"h2\",\"referenceId\":\"r\"}";
        String noGroup = "{\"name\":\"x\",\"groupName\":\"nobody\",\"referenceId\":\"r\"}";

        post("[" + taken + "," + noGroup + "]").body("status", is(2103)).body("msg", containsString("[0]"));
        post("[" + noGroup + "," + taken + "]").body("status", is(2001)).body("msg", containsString("[0]"));
        patch("[" + taken + "]").body("status", is(2101));
        post("[" + taken + "," + noGroup + "," + noGroup + "]")
                .body("status", is(1001))
                .body("msg", containsString("[2]"));
        post("[" + noGroup + ",{\"name\":\"\"}]").body("status", is(1001)).body("msg", containsString("[1].name"));
    }

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
                "",
                "null",
                "{}",
                "[null]",
                "[{}]",
                "[{\"name\":\"c\",\"city\":5}]",
                "[{\"name\":\"c\",\"regDate\":5}]",
                "[{\"name\":\"c\",\"id\":\"x\"}]",
                "[{\"name\":\"c\",\"city\":\"\\u0000\"}]",
                "[{\"name\":\"c\",\"description\":\"\\ud800\"}]",
                "[{\"name\":\"c\",\"referenceId\":\"\\u0000\"}]",
                "[{\"name\":\"c\",\"groupName\":\".\"}]",
                "[{\"name\":\"c\",\"regDate\":\"2026-02-30 00:00:00\"}]",
                "[{\"name\":\"c\",\"regDate\":\" \"}]"
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
