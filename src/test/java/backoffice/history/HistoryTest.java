package backoffice.history;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Management;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 10: the history has each change, and who has made it. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@ExtendWith(StoredKeys.class)
public class HistoryTest extends ApiTest {

    private static final String PATH = "/backoffice/history";
    private static final String ZONE = "Asia/Shanghai";
    private static final String HELD = "backoffice_bulkhead_held{resource=\"%s\",vendor=\"acme\"}";
    private static final String MEMBERS = "/customer_groups/a/customers";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_call_that_changes_something_is_in_the_history_once_with_its_caller_and_the_newest_comes_first(
            boolean sentAgain) {
        String[][] calls = {
            {"POST /customer_groups", "/customer_groups", "{'name':'a'}", "group.created: - > a"},
            {"POST /customer_groups/{name}/customers", MEMBERS, "[{'name':'x'}]", "customer.created: - > a/x"},
            {"POST /customers", "/customers", "[{'name':'y','city':'Wuhan'}]", "customer.created: - > y"},
            {"POST /customers", "/customers", "[{'name':'x','groupName':'a','city':'1'}]", "customer.changed: a/x > a/x"
            },
            {"PATCH /customers", "/customers", "[{'name':'y','city':'Xiamen'}]", "customer.changed: y > y"},
            {"PATCH /customers", "/customers", "[{'name':'y','newName':'Y','city':'1'}]", "customer.renamed: y > Y"},
            {"PATCH /customers", "/customers", "[{'name':'Y','newName':'y'}]", "customer.renamed: Y > y"},
            {"POST /customer_groups/{name}/customers", MEMBERS, "[{'name':'y'}]", "customer.moved: y > a/y"},
            {"DELETE /customer_groups/{name}/customers", MEMBERS, "[{'name':'x'}]", "customer.moved: a/x > x"},
            {"PATCH /customer_groups/{name}", "/customer_groups/a", "{'name':'b'}", "group.renamed: a > b"},
            {"DELETE /customers/{name}", "/customers/x", "", "customer.deleted: x > -"},
            {"DELETE /customers/{groupName}/{name}", "/customers/b/y", "", "customer.deleted: b/y > -"},
            {"POST /customers", "/customers", "[{'name':'z','groupName':'b'}]", "customer.created: - > b/z"},
            {"DELETE /customers", "/customers", "[{'name':'z','groupName':'b'}]", "customer.deleted: b/z > -"},
            {"DELETE /customer_groups/{name}", "/customer_groups/b", "", "group.deleted: b > -"}
        };
        List<String> expected = new ArrayList<>();
        for (String[] call : calls) {
            String id = "call-" + expected.size();
            Map<String, String> who =
                    new HashMap<>(Map.of("call", call[0], "bitkey", "configured", "correlationId", id));
            Api caller = api.with("x-correlation-id", id);
            if (sentAgain) {
                who.put("idempotencyKey", "key-of-" + id);
                caller = caller.with("x-bit-req-id", "key-of-" + id);
            }

            for (int times = sentAgain ? 2 : 1; times > 0; times--) {
                caller.send(call[0].split(" ")[0], call[1], call[2].replace('\'', '"'))
                        .statusCode(200);
            }

            expected.add(0, call[3]);
            assertEquals(who, read("?limit=1").get(0).get("who"));
        }
        assertHistory("", String.join(", ", expected));
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /customer_groups, '{\"name\":\"a\"}', 200",
        "PATCH, /customer_groups/a, '{\"name\":\"a\"}', 200",
        "PATCH, /customer_groups/a, '{\"name\":\"b\"}', 409",
        "DELETE, /customer_groups/a, '', 409",
        "POST, /customer_groups/a/customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "POST, /customers, '[{\"name\":\"x\",\"groupName\":\"a\",\"regDate\":\"2026-01-02 03:04:05\"}]', 200",
        "PATCH, /customers, '[{\"name\":\"x\",\"groupName\":\"a\"}]', 200",
        "POST, /customers, '[{\"name\":\"z\"},{\"name\":\"z\",\"groupName\":\"nowhere\"}]', 404",
        "DELETE, /customers/y, '', 404"
    })
    void a_call_that_changes_nothing_is_not_in_the_history(String method, String path, String body, int code) {
        createGroups("a", "b");
        api.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\",\"regDate\":\"2026-01-02 03:04:05\"}]");

        api.send(method, path, body).statusCode(code);

        assertEquals(3, read("").size());
    }

    @Test
    void a_change_says_what_and_when() {
        Instant start = Instant.now().minusMillis(1);
        api.post("/customers", "[{\"name\":\"x\",\"city\":\"Wuhan\",\"regDate\":\"2026-01-02 03:04:05\"}]");

        Map<String, Object> change = read("").get(0);

        assertThat(((Number) change.get("id")).longValue(), greaterThan(0L));
        assertThat(
                Instant.parse((String) change.get("time")),
                both(greaterThan(start)).and(lessThan(Instant.now().plusMillis(1))));
        assertEquals("customer.created", change.get("type"));
        assertEquals(Map.of("name", "x", "city", "Wuhan", "regDate", "2026-01-02 03:04:05"), change.get("after"));
        assertEquals(Set.of("id", "time", "type", "who", "after"), change.keySet());
    }

    @Test
    void a_change_has_a_customer_as_the_calls_return_it() {
        api.post("/customer_groups", "{\"name\":\"a \\\"&\\\\ 𠮷\"}").statusCode(200);
        api.post("/customers", """
                [{"name":"x'\\"","groupName":"a \\"&\\\\ 𠮷","description":"\\u0001\\n\\t\\u007f\\u2028 </script> $1 {}",
                "regDate":"0001-02-03 04:05:06","officeNumber":"1","mobileNumber":"2","email":"3","address":"4","city":"5",
                "country":"6","postcode":"7","contact":"8","referenceId":"9"}]""").statusCode(200);

        Map<?, ?> customer = api.get("/customers").extract().path("data.items[0]");
        assertEquals(13, customer.size());
        assertEquals(customer, read("").get(0).get("after"));
    }

    @ParameterizedTest
    @CsvSource({
        "?limit=100, 0",
        "?limit=2&before=9, 0",
        "?customer=x, 1",
        "?group=x, 1",
        "?type=group, 1",
        "?correlationId=x, 1",
        "?since=2027-01-01, 1",
        "?until=2027-01-01, 1"
    })
    void a_filter_which_can_read_all_changes_takes_turns(String query, int expensive) {
        Sql.duringTransaction("lock table history in access exclusive mode", () -> {
            CompletableFuture<Void> page = CompletableFuture.runAsync(() -> api.get(PATH + query), Threads.NEW);

            Management.await(HELD.formatted("connections"), 1);
            Management.await(HELD.formatted("expensive statements"), expensive);
            assertFalse(page.isDone());
        });
        Sql.awaitAllIdle();
    }

    @Test
    void a_batch_has_a_row_for_each_customer() {
        api.post("/customers", "[{\"name\":\"x\",\"referenceId\":\"1\"},{\"name\":\"y\",\"referenceId\":\"2\"}]");
        api.patch("/customers", "[{\"name\":\"x\",\"referenceId\":\"2\"},{\"name\":\"y\",\"referenceId\":\"3\"}]")
                .statusCode(200);

        assertEquals(
                List.of("y 3", "x 2", "y null", "y 2", "x 1"),
                read("").stream()
                        .map(change -> (Map<?, ?>) change.get("after"))
                        .map(after -> after.get("name") + " " + after.get("referenceId"))
                        .toList());
    }

    @Test
    void a_group_and_a_customer_select_their_changes_under_the_names_before_and_after() {
        createGroups("a", "x");
        api.post("/customers", "[{\"name\":\"x\"},{\"name\":\"y\"},{\"name\":\"z\",\"groupName\":\"a\"}]");
        api.post("/customer_groups/a/customers", "[{\"name\":\"x\"}]");
        api.patch("/customer_groups/a", "{\"name\":\"b\"}");

        assertHistory("?customer=x", "customer.moved: x > a/x, customer.created: - > x");
        assertHistory(
                "?group=a",
                "group.renamed: a > b, customer.moved: x > a/x, customer.created: - > a/z, group.created: - > a");
        assertHistory("?group=b", "group.renamed: a > b");
        assertHistory("?customer=x&group=a", "customer.moved: x > a/x, customer.created: - > x");
        assertHistory("?customer=y&group=a", "");
    }

    @Test
    void the_history_follows_a_customer_through_moves_and_renames_of_it_and_of_its_groups() {
        // Given a customer that was moved and renamed, one of the same name elsewhere, and a group that was renamed
        createGroups("a", "b");
        api.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"},{\"name\":\"x\"}]");
        api.patch("/customers", "[{\"name\":\"x\",\"groupName\":\"a\",\"city\":\"Wuhan\"}]");
        api.patch("/customer_groups/a", "{\"name\":\"A\"}");
        assertHistory("?customer=x&group=A", "customer.changed: a/x > a/x, customer.created: - > a/x");
        api.post("/customer_groups/b/customers", "[{\"name\":\"x\",\"groupName\":\"A\"}]");
        api.patch("/customers", "[{\"name\":\"x\",\"groupName\":\"b\",\"newName\":\"y\"}]");

        // Then all its changes are found under each name and group
        String all = "customer.renamed: b/x > b/y, customer.moved: A/x > b/x, customer.changed: a/x > a/x, "
                + "customer.created: - > a/x";
        for (String query : List.of("customer=y", "customer=y&group=b", "customer=x&group=a", "customer=x&group=b")) {
            assertHistory("?" + query, all);
        }
        assertEquals(5, read("?customer=x").size());
        assertHistory("?customer=y&group=A", "");
        assertHistory(Api.as(Vendors.GLOBEX), "?customer=x", "");

        // And under those of a time that the query selects, of a type, and after the customer is gone
        Sql.execute("update history set changed_at = now() - interval '9 days' where type <> 'customer.renamed'");
        String since = "&since=" + LocalDate.now().minusDays(5);
        assertHistory("?customer=x&group=b" + since, "customer.renamed: b/x > b/y");
        assertHistory("?customer=x&group=a" + since, "");
        assertHistory("?customer=y&type=customer.moved", "customer.moved: A/x > b/x");
        api.delete("/customers/b/y").statusCode(200);
        assertEquals(5, read("?customer=x&group=b").size());
    }

    @Test
    void a_customer_that_is_created_again_has_its_earlier_changes_too() {
        api.post("/customers", "[{\"name\":\"x\"}]");
        api.patch("/customers", "[{\"name\":\"x\",\"newName\":\"y\"}]");
        api.delete("/customers/y");
        api.post("/customers", "[{\"name\":\"y\"}]");

        assertHistory(
                "?customer=y",
                "customer.created: - > y, customer.deleted: y > -, customer.renamed: x > y, customer.created: - > x");
    }

    @Test
    void a_part_of_the_name_of_a_key_or_of_a_correlation_id_selects_what_a_person_did() {
        // Given changes with a key of a person, through a proxy that names the person, and by hand
        Api.as(StoredKeys.createKnown("Li Na", false))
                .post("/customer_groups", "{\"name\":\"a\"}")
                .statusCode(200);
        api.with("x-correlation-id", "wang.lina-17").post("/customer_groups", "{\"name\":\"b\"}");
        Sql.execute("set backoffice.actor = 'Li Na, ticket-17'; delete from customer_group where name = 'a'");
        createGroups("c");

        assertHistory("?who=i%20n", "group.deleted: a > -, group.created: - > a");
        assertHistory("?who=-17", "group.deleted: a > -, group.created: - > b");
        assertHistory("?who=LINA", "group.created: - > b");
        assertHistory("?who=%25", "");
    }

    @Test
    void a_type_and_a_correlation_id_select_by_their_beginnings_and_parameters_of_other_names_do_nothing() {
        api.with("x-correlation-id", "li-1").post("/customer_groups", "{\"name\":\"a\"}");
        api.with("x-correlation-id", "li-2").post("/customers", "[{\"name\":\"x\"}]");
        api.with("x-correlation-id", "lina-1").delete("/customers/x");
        Sql.execute("delete from customer_group");

        assertHistory("?type=customer", "customer.deleted: x > -, customer.created: - > x");
        assertHistory("?type=group.deleted", "group.deleted: a > -");
        assertHistory("?type=group.renamed", "");
        assertHistory("?correlationId=li-", "customer.created: - > x, group.created: - > a");
        assertHistory("?correlationId=li-1&type=group", "group.created: - > a");
        assertHistory(
                "?Type=x&correlationid=x&kind=",
                "group.deleted: a > -, customer.deleted: x > -, customer.created: - > x, group.created: - > a");
    }

    @Test
    void a_history_has_pages_and_each_change_is_on_one_of_them() {
        createGroups("g0", "g1", "g2", "g3", "g4", "g5", "g6");

        List<Map<String, Object>> first = read("?limit=3");
        long last = ((Number) first.get(2).get("id")).longValue();

        assertEquals(3, first.size());
        assertHistory("?limit=3&before=" + last, "group.created: - > g3, group.created: - > g2, group.created: - > g1");
        assertHistory("?before=" + (last - 3), "group.created: - > g0");
        Sql.execute("insert into customer_group (vendor, name) select 'acme', 'h' || i from generate_series(1, 100) i");
        assertEquals(50, read("").size());
        assertEquals(100, read("?limit=100").size());
    }

    @Test
    void days_of_the_zone_and_times_select_what_came_since_and_until() {
        createGroups("old", "new");
        LocalDate today = LocalDate.now(ZoneId.of(ZONE));
        Sql.execute(
                "update history set changed_at = timestamp '%s 23:59:59' at time zone '%s' where after ->> 'name' = 'old'"
                        .formatted(today.minusDays(1), ZONE));

        assertHistory("?since=" + today, "group.created: - > new");
        assertEquals(2, read("?since=" + today.minusDays(1)).size());
        assertHistory("?since=" + today + "T00:00:00%2B08:00", "group.created: - > new");
        assertHistory("?until=" + today, "group.created: - > old");
        assertHistory("?until=9999-12-31&since=" + today, "group.created: - > new");
        assertHistory("?until=" + today.minusDays(1), "");
        for (String first : List.of("0001-01-01", "0001-01-01T00:00:00%2B18:00")) {
            assertEquals(2, read("?since=" + first).size());
        }
        for (String last : List.of("2999-01-01T00:00:00Z", "9999-12-31", "9999-12-31T23:59:59.999999999-18:00")) {
            assertHistory("?since=" + last, "");
        }
    }

    @Test
    void a_malformed_parameter_is_refused() {
        for (String query : """
                limit=0 limit=101 limit=1&limit=2 before= before=0 before=x before=1&before=2 group=%00 group= customer=..
                who= who=%00 type= type=%00 type=%20 type=x type=deleted type=created type=Group type=group.created. correlationId=
                correlationId=%00 correlationId=%20 correlationId=a%2Fb type=a&type=b until= until=today
                since= since=yesterday since=2026-13-01 since=2026-11-27T00:00:00 since=2026-11-27&since=2026-11-27
                since=0000-12-31 since=0000-12-31T23:59:59Z since=-4714-01-01T00:00:00Z since=%2B10000-01-01T00:00:00Z
                since=%2B294277-01-01T00:00:00Z since=%2B999999999-12-31T23:59:59-18:00 since=-999999999-01-01T00:00:00Z\
                """.split("\\s+")) {
            api.get(PATH + "?" + query)
                    .statusCode(400)
                    .body("status", is(1001))
                    .body("msg", containsString(query.replaceFirst("=.*", "")));
        }
        api.get(PATH + "?until=today").body("msg", containsString("The parameter until is \"today\""));
        api.get(PATH + "?group=%20").body("msg", startsWith("group: The name \" \" is blank"));
        api.get(PATH + "?type=name")
                .body("msg", startsWith("The parameter type is \"name\"; accepted: the beginning of group.created, "));
        api.get(PATH + "?correlationId=%20")
                .body("msg", startsWith("The parameter correlationId is \" \"; accepted: 1 to 64 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "-._", "A-0.z_"})
    void a_correlation_id_may_begin_with_any_of_its_characters(String id) {
        api.with("x-correlation-id", id + "x").post("/customer_groups", "{\"name\":\"a\"}");

        assertHistory("?correlationId=" + id, "group.created: - > a");
    }

    @Test
    void the_history_can_only_be_read() {
        api.post("/backoffice/history", "{}")
                .statusCode(405)
                .header("Allow", "GET, HEAD")
                .body("status", is(1004));
        api.get("/backoffice/history/1").statusCode(404).body("status", is(1003));
    }

    @Test
    void a_vendor_sees_only_its_own_history() {
        api.post("/customers", "[{\"name\":\"x\"}]");
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"y\"}]");
        Sql.execute("update customer set city = 'Wuhan'");

        assertHistory("", "customer.changed: x > x, customer.created: - > x");
        assertHistory(Api.as(Vendors.GLOBEX), "", "customer.changed: y > y, customer.created: - > y");
    }

    @Test
    void a_key_that_is_read_only_reads_the_history_and_one_that_is_unknown_does_not() {
        api.post("/customers", "[{\"name\":\"x\"}]");

        assertHistory(Api.as(StoredKeys.createKnown("reader", true)), "", "customer.created: - > x");
        Api.as("wrong").get(PATH).statusCode(401).body("status", is(1102));
        Api.as("").get(PATH).statusCode(401).body("status", is(1101));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 | update customer set city = 'Wuhan' where name = 'x'
            3 | update customer set city = 'Wuhan'
            0 | update customer set city = city, name = name
            1 | update customer set group_id = null where name = 'x'
            2 | update customer set group_id = null, city = 'Wuhan' where name <> 'z'
            3 | update customer set name = concat(name, '1')
            2 | update customer_group set name = concat(name, '1')
            2 | insert into customer_group (vendor, name) values ('acme', 'c'), ('acme', 'd')
            1 | delete from customer_group where name = 'b'
            3 | delete from customer
            1 | insert into customer (vendor, name, reg_date) values ('acme', 'w', '0001-01-01 23:59:59')
            2 | with w as (delete from customer where name = 'z') insert into customer (vendor, name, reg_date) values ('acme', 'w', now())
            """)
    void sql_by_hand_is_recorded_too(int rows, String statement) {
        Sql.execute("insert into customer_group (vendor, name) values ('acme', 'a'), ('acme', 'b');"
                + " insert into customer (vendor, name, group_id, reg_date) select 'acme', unnest(array['x', 'y']), id, now()"
                + " from customer_group where name = 'a';"
                + " insert into customer (vendor, name, reg_date, city) values ('acme', 'z', now(), 'Wuhan2');"
                + " delete from history");

        Sql.execute(statement);

        List<Map<String, Object>> changes = read("");
        assertEquals(rows, changes.size());
        changes.forEach(change -> assertEquals(Map.of("call", "SQL"), change.get("who")));
    }

    @Test
    void a_session_of_sql_by_hand_says_who_it_is_in_a_text_or_a_json_object() {
        Sql.execute(
                "set backoffice.actor = 'ticket 17'; insert into customer_group (vendor, name) values ('acme', 'a')");
        Sql.execute("set backoffice.actor = '{\"call\":\"clean-up\",\"bitkey\":\"Li\"}'; delete from customer_group");

        assertEquals(
                List.of(Map.of("call", "clean-up", "bitkey", "Li"), Map.of("call", "ticket 17")),
                read("").stream().map(change -> change.get("who")).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "alter table customer disable trigger history_update, alter table customer enable trigger history_update",
        "alter trigger history_insert on customer_group rename to gone, alter trigger gone on customer_group rename to history_insert",
        "alter table history rename to gone, alter table gone rename to history"
    })
    void a_busy_service_whose_changes_are_not_recorded_is_not_ready_and_says_why(String damage, String repair) {
        String ready = "/q/health/ready";
        Management.get(ready).statusCode(200);
        Sql.execute(damage);
        try {
            api.get("/customer_groups").statusCode(200);

            Management.get(ready)
                    .statusCode(503)
                    .body(
                            "checks.find { it.name == 'history' }.data.reason",
                            containsString("Run schema migrate with BACKOFFICE_HISTORY=on."))
                    .body("checks.find { it.name == 'database' }.status", is("UP"));
        } finally {
            Sql.execute(repair);
        }
        Management.get(ready).statusCode(200);
    }

    private void assertHistory(String query, String changes) {
        assertHistory(api, query, changes);
    }

    /** Checks the changes of a page, the newest first: type, state before and state after. */
    private static void assertHistory(Api reader, String query, String changes) {
        String found = read(reader, query).stream()
                .map(change -> "%s: %s > %s"
                        .formatted(change.get("type"), place(change.get("before")), place(change.get("after"))))
                .collect(joining(", "));
        assertEquals(changes, found, query);
    }

    private List<Map<String, Object>> read(String query) {
        return read(api, query);
    }

    private static List<Map<String, Object>> read(Api reader, String query) {
        return reader.get(PATH + query).statusCode(200).extract().path("data.items");
    }

    private static String place(Object state) {
        return state instanceof Map<?, ?> item
                ? (item.containsKey("groupName") ? item.get("groupName") + "/" : "") + item.get("name")
                : "-";
    }
}
