package backoffice.idempotency;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.persistence.Citus;
import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Race;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 7: idempotency keys and stored responses. */
@QuarkusTest
public class StoredResponseTest extends ApiTest {

    private static final String KEY = "x-bit-req-id";
    private static final String REPLAYED = "x-bit-req-replayed";

    @BeforeEach
    void one_group_with_a_customer() {
        createGroups("a", "empty");
        api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST   | /customer_groups             | {"name":"客户组 \uD83D\uDE00"}
            PATCH  | /customer_groups/a           | {"name":"b"}
            POST   | /customer_groups/a           | {"name":"b"}
            DELETE | /customer_groups/empty       | ''
            POST   | /customer_groups/a/customers | [{"name":"new"}]
            DELETE | /customer_groups/a/customers | [{"name":"c"}]
            POST   | /customers                   | [{"name":"new","groupName":"a"}]
            PATCH  | /customers                   | [{"name":"c","groupName":"a","city":"x"}]
            PATCH  | /customers                   | [{"name":"c","groupName":"a","newName":"x"}]
            DELETE | /customers                   | [{"name":"c","groupName":"a"}]
            DELETE | /customers/a/c               | ''
            """)
    void a_repeated_change_gets_the_stored_response_and_is_not_done_again(String method, String path, String body) {
        ValidatableResponse first = send("id-1", method, path, body).statusCode(200);
        first.header(REPLAYED, nullValue());
        long rows = rows();

        for (int i = 0; i < 3; i++) {
            send("id-1", method, path, body)
                    .statusCode(200)
                    .header(REPLAYED, is("true"))
                    .header("Content-Type", is("application/json;charset=UTF-8"))
                    .body(is(first.extract().asString()));
        }

        assertEquals(rows, rows());
    }

    @Test
    void a_large_response_is_stored_in_few_bytes_and_repeated_byte_for_byte() {
        // Given customers whose JSON has six times the bytes of their texts
        Sql.execute("""
                insert into customer (vendor, name, reg_date, description, address)
                select 'acme', 'large ' || i, now(), repeat(e'\\u0001', 2000), '地址' from generate_series(1, 200) i
                """);
        String batch = Api.batch(1, 201, "{\"name\":\"large %d\"}"::formatted);

        ValidatableResponse first = send("id-1", "PATCH", "/customers", batch).statusCode(200);
        ValidatableResponse second = send("id-1", "PATCH", "/customers", batch).header(REPLAYED, is("true"));

        byte[] answer = first.extract().asByteArray();
        assertThat(answer.length, greaterThan(2_400_000));
        assertArrayEquals(answer, second.extract().asByteArray());
        assertThat(Sql.number("select octet_length(response) from stored_response"), lessThan(100_000L));
    }

    @Test
    void a_stored_response_that_does_not_become_small_is_repeated_and_its_change_is_not_tried_again() {
        // Given names that cannot be compressed to less than the memory of a call that expects nothing
        Sql.execute("""
                insert into customer (vendor, name, reg_date)
                select 'acme', i || left(translate(string_agg(encode(sha256(cast(i || ' ' || j as bytea)), 'base64'), ''),
                    e'\\n=', ''), 250), now()
                from generate_series(1, 1000) i, generate_series(1, 6) j group by i
                """);
        String batch = Sql.text(
                "select cast(json_agg(json_build_object('name', name)) as text) from customer where length(name) > 200");

        String first = send("id-1", "DELETE", "/customers", batch)
                .statusCode(200)
                .extract()
                .asString();
        send("id-1", "DELETE", "/customers", batch).header(REPLAYED, is("true")).body(is(first));

        assertThat(Sql.number("select octet_length(response) from stored_response"), greaterThan(128L << 10));
    }

    @Test
    void without_the_same_key_the_same_change_is_a_new_request() {
        send("id-1", "DELETE", "/customer_groups/empty", "").statusCode(200);

        api.delete("/customer_groups/empty").statusCode(404);
        send("id-2", "DELETE", "/customer_groups/empty", "").statusCode(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            PATCH | /customer_groups/x | {"name":"x"}
            POST  | /customer_groups/x | {"name":"x"}
            POST  | /customer_groups   | {"name":"y"}
            POST  | /customer_groups   | {"name": "x"}
            POST  | /customer%5Fgroups | {"name":"x"}
            """)
    void a_key_that_another_request_used_is_3002(String method, String path, String body) {
        create("id-1", "x").statusCode(200);

        send("id-1", method, path, body).body("status", is(3002)).body("msg", containsString("\"id-1\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/customer_groups/empty", "/customers/d", "/customers/a/c"})
    void a_body_that_the_call_ignores_is_part_of_the_request(String path) {
        api.post("/customers", "[{\"name\":\"d\"}]").statusCode(200);
        String id = path.replace('/', '-');
        send(id, "DELETE", path, "[").statusCode(200);

        send(id, "DELETE", path, "[").header(REPLAYED, is("true"));
        assertThat(deleteChunked(id, path, "["), containsString("x-bit-req-replayed: true"));
        for (String other : List.of("", "]", "[]", " ".repeat(100_000))) {
            send(id, "DELETE", path, other).statusCode(422).body("status", is(3002));
            assertThat(deleteChunked(id, path, other), containsString("{\"status\":3002,"));
        }
    }

    @Test
    void an_ignored_body_of_more_than_one_mebibyte_is_1005_and_without_a_key_any_smaller_one_is_ignored() {
        String large = " ".repeat(1 << 20);

        send("id-1", "DELETE", "/customer_groups/empty", large + " ").body("status", is(1005));
        assertThat(deleteChunked("id-1", "/customer_groups/empty", large + " "), containsString("{\"status\":1005,"));
        api.delete("/customer_groups/empty", large).statusCode(200);
        api.delete("/customers/a/c", "[").statusCode(200);
    }

    @Test
    void a_client_that_asks_before_it_sends_an_ignored_body_is_told_to_continue() {
        String head =
                headOfDelete("id-1", "/customer_groups/empty") + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n";

        assertThat(RawHttp.sendAndHangUp(RestAssured.port, head, 5_000), startsWith("HTTP/1.1 100 "));
    }

    @Test
    void the_query_is_not_part_of_the_request() {
        send("id-1", "POST", "/customer_groups?x=1", "{\"name\":\"x\"}").statusCode(200);

        send("id-1", "POST", "/customer_groups?x=2", "{\"name\":\"x\"}").header(REPLAYED, is("true"));
    }

    @Test
    void a_failed_call_stores_nothing_and_can_be_repeated() {
        send("id-1", "PATCH", "/customer_groups/later", "{\"name\":\"b\"}").statusCode(404);
        assertEquals(0, Sql.number("select count(*) from stored_response"));

        api.post("/customer_groups", "{\"name\":\"later\"}").statusCode(200);
        send("id-1", "PATCH", "/customer_groups/later", "{\"name\":\"b\"}")
                .statusCode(200)
                .header(REPLAYED, nullValue());
    }

    @Test
    void a_malformed_request_is_refused_before_its_key_is_checked() {
        create("id-1", "x").statusCode(200);

        send("id-1", "POST", "/customer_groups", "{\"nmae\":\"x\"}").body("status", is(1001));
        send("id-1", "DELETE", "/customer_groups/a/customers", "[{\"name\":\"c\",\"groupName\":\"b\"}]")
                .body("status", is(1001));
        create("id-1", "x").header(REPLAYED, is("true"));
    }

    @Test
    void a_request_has_one_key_of_1_to_128_visible_ascii_characters() {
        for (String id : List.of("", "a b", "é", "~".repeat(129))) {
            create(id, "x").body("status", is(1001));
        }
        api.with(KEY, "id-1")
                .with(KEY, "id-2")
                .post("/customer_groups", "{\"name\":\"x\"}")
                .body("status", is(1001));
        create("~".repeat(128), "x").statusCode(200);
    }

    @Test
    void reads_ignore_the_header() {
        for (String id : List.of("id-1", "id-1", "a b")) {
            send(id, "GET", "/customer_groups", "").statusCode(200).header(REPLAYED, nullValue());
            send(id, "POST", "/customer_groups/data", "{}").statusCode(200).header(REPLAYED, nullValue());
            send(id, "POST", "/customers/data", "{}").statusCode(200).header(REPLAYED, nullValue());
        }
        assertEquals(0, Sql.number("select count(*) from stored_response"));
    }

    @Test
    void a_stored_response_is_kept_for_24_hours_and_deleted_by_later_changes() {
        create("old", "x").statusCode(200);
        create("older", "y").statusCode(200);
        age("old", "23 hours 59 minutes");
        age("older", "24 hours");

        create("old", "x").header(REPLAYED, is("true"));
        create("new", "z").statusCode(200);
        assertEquals(0, Sql.number("select count(*) from stored_response where idempotency_key = 'older'"));

        age("old", "24 hours");
        create("old", "another").statusCode(200).header(REPLAYED, nullValue());
    }

    private static void age(String key, String interval) {
        Sql.execute("update stored_response set created_at = now() - interval '%s' where idempotency_key = '%s'"
                .formatted(interval, key));
    }

    @RepeatedTest(5)
    void twenty_concurrent_requests_with_one_key_are_done_once_and_get_the_same_answer() {
        // This change cannot be done twice: the second time would be 2101
        Callable<ValidatableResponse> removal =
                () -> send("id-1", "DELETE", "/customer_groups/a/customers", "[{\"name\":\"c\"}]");
        List<ValidatableResponse> answers = Race.run(Collections.nCopies(20, removal));

        answers.forEach(
                answer -> answer.statusCode(200).body(is("{\"status\":0,\"data\":{\"items\":[{\"name\":\"c\"}]}}")));
        long replayed = answers.stream()
                .filter(answer -> answer.extract().header(REPLAYED) != null)
                .count();
        assertEquals(19, replayed, "exactly one request made the change");
    }

    // This takes a little over two seconds. It has no tag "slow", because no other test of the quick run covers 3001.
    @Test
    void while_the_first_request_runs_the_second_gets_3001_after_a_short_wait() {
        String holding = Citus.PINNED.replace("$1", "'acme'")
                + " select pg_advisory_xact_lock(advisory_lock_id('4', E'acme\\nid-1'))" + Citus.ON_NODE_OF_VENDOR;

        Sql.duringTransaction(
                holding,
                () -> create("id-1", "x")
                        .body("status", is(3001))
                        .time(both(greaterThan(1500L)).and(lessThan(5000L))));

        create("id-1", "x").statusCode(200);
    }

    private static String deleteChunked(String id, String path, String body) {
        return RawHttp.send(RawHttp.chunked(headOfDelete(id, path), body));
    }

    private static String headOfDelete(String id, String path) {
        return RawHttp.head("DELETE " + Api.BASE_PATH + path, Vendors.ACME) + KEY + ": " + id + "\r\n";
    }

    private long rows() {
        return Sql.number("select count(*) from customer_group") * 1000 + Sql.number("select count(*) from customer");
    }

    private ValidatableResponse create(String id, String group) {
        return send(id, "POST", "/customer_groups", "{\"name\":\"" + group + "\"}");
    }

    private ValidatableResponse send(String id, String method, String path, String body) {
        return api.with(KEY, id).send(method, path, body);
    }
}
