package backoffice.envelope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, sections 1.3, 1.4 and 1.5: paging and messages, the same for every call. */
@QuarkusTest
public class EnvelopeTest extends ApiTest {

    @BeforeEach
    void one_group() {
        createGroups("华东区");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0", "limit=1001", "limit=-1", "limit=abc", "limit=",
                "limit", "limit=1.0", "limit=+1", "limit=%2B1", "limit=1%20",
                "limit=0x10", "limit=٥", "limit=4294967297", "limit=99999999999999999999", "limit=1&limit=1",
                "limit=%zz", "limit=%ff", "offset=-1", "offset=2147483648", "offset=abc",
                "offset=&offset=1", "offset=1&offset=2", "limit=1;offset=0"
            })
    void invalid_paging_is_1001(String query) {
        for (String path : new String[] {"/customer_groups", "/customer_groups/x/customers", "/customers"}) {
            assertThat(
                    RawHttp.get(Api.BASE_PATH + path + "?" + query, Vendors.ACME),
                    allOf(
                            startsWith("HTTP/1.1 400"),
                            containsString("{\"status\":1001,"),
                            containsString("parameter")));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=1", "limit=0001000", "l%69mit=1",
                "offset=0&limit=1000", "offset=00", "Limit=abc",
                "x=1&x=2", "x=1;limit=abc"
            })
    void paging_in_ascii_digits_is_accepted(String query) {
        api.get("/customer_groups?" + query).statusCode(200).body("data.total", is(1));
    }

    @Test
    void a_parameter_counts_behind_any_number_of_others_and_its_refusal_shows_the_value_and_what_is_accepted() {
        for (String others : new String[] {"x&".repeat(1023), "x&".repeat(1024), "x&".repeat(15_000)}) {
            assertThat(
                    RawHttp.get(
                            Api.BASE_PATH + "/customer_groups?" + others + "limit=" + "9".repeat(200), Vendors.ACME),
                    endsWith("\"The parameter limit is \\\"" + "9".repeat(100)
                            + "…\\\"; accepted: whole numbers from 1 to 1000, in the digits 0 to 9.\"}"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml;q=0.9", "", ";;,,", "*/*;q=0"})
    void accept_is_ignored(String accept) {
        api.with("Accept", accept)
                .get("/customer_groups")
                .statusCode(200)
                .header("Content-Type", is("application/json;charset=UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customer_groups", "/customer_groups/nobody", "/nope", "/customer_groups?limit=x", "//"})
    void every_answer_forbids_caching_sniffing_and_framing(String path) {
        for (Api caller : new Api[] {api, Api.as("no-such-key")}) {
            caller.get(path)
                    .header("Cache-Control", is("no-store"))
                    .header("X-Content-Type-Options", is("nosniff"))
                    .header("Content-Security-Policy", is("default-src 'none'; frame-ancestors 'none'"));
        }
    }

    @Test
    void messages_are_chinese_when_accept_language_prefers_it() {
        for (String language : new String[] {"zh", "zh-CN,zh;q=0.9,en;q=0.8", "fr, zh-Hant-TW;q=0.1"}) {
            api.with("Accept-Language", language)
                    .get("/customer_groups/nobody")
                    .body(is("{\"status\":2001,\"msg\":\"客户组“nobody”不存在。\"}"));
        }
        for (String language : new String[] {"en", "en;q=0.5,zh;q=0.4", "fr", "*", "zh;q=0", "%%%", ""}) {
            api.with("Accept-Language", language).get("/customer_groups/nobody").body("msg", startsWith("There is no"));
        }
    }

    /** The service sends it in many pieces, because it has 3 MB of JSON. */
    @Test
    void a_large_page_is_the_same_as_its_items_one_by_one() {
        Sql.execute("insert into customer (vendor, name, reg_date, description) select 'acme', 'customer ' || i,"
                + " '2026-11-30', repeat(e'\\u0001', 2000) || '\"字' || i from generate_series(101, 350) i");
        String item = "{\"name\":\"customer %1$d\",\"description\":\"" + "\\u0001".repeat(2000)
                + "\\\"字%1$d\",\"regDate\":\"2026-11-30 00:00:00\"}";
        String items = Api.batch(101, 351, item::formatted);

        byte[] page = api.get("/customers?limit=1000").statusCode(200).extract().asByteArray();

        assertArrayEquals(("{\"status\":0,\"data\":{\"total\":250,\"items\":" + items + "}}").getBytes(UTF_8), page);
        api.request().head(Api.BASE_PATH + "/customers?limit=1000").then().statusCode(200);
    }

    @Test
    void a_fault_reports_its_correlation_id_and_no_internals() {
        Sql.execute("alter table customer_group rename to hidden");
        try {
            ValidatableResponse answer = api.get("/customer_groups");
            answer.statusCode(500)
                    .body("status", is(5000))
                    .body(
                            "msg",
                            is("The service failed. The log has more under the correlation id "
                                    + answer.extract().header("x-correlation-id") + "."));
        } finally {
            Sql.execute("alter table hidden rename to customer_group");
        }
        api.get("/customer_groups").statusCode(200);
    }
}
