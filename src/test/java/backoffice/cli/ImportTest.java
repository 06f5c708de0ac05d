package backoffice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.cli.RemoteServer.Answer;
import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class ImportTest {

    /** The first request to a source. */
    private static final String SEARCHED = "%s/customer_groups/data?offset=0&limit=1 ";

    private final Api api = Api.as(Vendors.ACME);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private RemoteServer server;
    private RemoteServer target;

    @BeforeEach
    void an_empty_vendor_and_a_server() throws IOException {
        Sql.clean();
        server = new RemoteServer(null);
        groups();
        target = new RemoteServer(URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH));
    }

    @AfterEach
    void close_the_servers() {
        server.close();
        target.close();
        Sql.clean();
    }

    @Test
    void groups_and_customers_are_imported_with_all_members_that_have_a_value() {
        groups("{'name':'华东'}");
        customers(
                "{'name':'a','groupName':'华东','regDate':'2020-01-02 03:04:05','city':'上海','referenceId':'r'}",
                "{'name':'b','groupName':'','city':null}",
                "{'name':'c','groupName':null,'regDate':'2020-01-02','city':'','referenceId':''}",
                "{'name':'d','groupName':'not in the list of groups'}");

        String table = importAll().toString();

        assertEquals("a|华东|2020-01-02 03:04:05|上海|r", stored("a"));
        assertThat(stored("b"), startsWith("b||20"));
        assertEquals("c||2020-01-02 00:00:00||", stored("c"));
        assertThat(stored("d"), startsWith("d|not in the list of groups|"));
        assertCounts(table, "groups", 0, 0, 2, 1, 0);
        assertCounts(table, "customers", 0, 0, 4, 4, 0);
    }

    @Test
    void short_pages_and_lists_without_items_are_read_to_their_end_at_the_given_rate() {
        // A server that returns at most seven items a page, and omits empty lists
        List<String> names = IntStream.range(0, 25)
                .mapToObj("{\"name\":\"g%02d\"}"::formatted)
                .toList();
        server.at("/customer_groups", (uri, body) -> {
            int offset = parameter("offset", uri);
            List<String> page = names.subList(Math.min(offset, 25), Math.min(offset + 7, 25));
            return new Answer(200, "{\"status\":0,\"msg\":\"成功\",\"data\":{\"total\":25,\"items\":" + page + "}}");
        });
        server.at("/customers", new Answer(200, "{\"status\":0,\"data\":{}}"));
        long start = System.nanoTime();

        String table = importFrom(source(Duration.ofMillis(100)), false, false).toString();

        assertThat(System.nanoTime() - start, greaterThan((server.requests.size() - 1) * 100_000_000L));
        assertCounts(table, "groups", 0, 0, 25, 25, 0);
        assertCounts(table, "customers", 0, 0, 0, 0, 0);
    }

    @Test
    void lists_are_read_from_name_to_name_also_when_many_customers_have_one_name() {
        Sql.execute(
                "insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 2500) i");
        Sql.execute("insert into customer (vendor, name, group_id, reg_date) select 'acme', "
                + "case when id % 2 = 0 then 'same' else name end, id, now() from customer_group");
        List<String> read = new ArrayList<>();

        new ServerSource(client(target, Duration.ZERO), report()::print)
                .read((kind, page) ->
                        page.items().forEach(item -> read.add(kind.line(item).replaceAll(",\"regDate.*", ""))));

        assertEquals(5000, read.size());
        assertEquals(5000, Set.copyOf(read).size());
        assertEquals("", printed());
        assertEquals(
                List.of("0&limit=1", "0&limit=1000", "0&limit=1000", "0&limit=1000", "999&limit=1000"),
                pagesRead(target, "POST", "/customers/data"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, {'status':1003}",
        "405, {'status':1004}",
        "400, {'status':1002}",
        "404, <h1>no",
        "200, {'status':77}"
    })
    void a_source_that_refuses_the_search_is_read_by_offset(int httpCode, String body) {
        server.at("/customers/data", new Answer(httpCode, body.replace('\'', '"')));
        server.at("/customers", pages(2500));

        assertCounts(importAll(), "customers", 0, 0, 2500, 2500, 0);
        assertEquals("", printed());
        assertEquals(
                List.of("0&limit=1000", "999&limit=1000", "1998&limit=1000"), pagesRead(server, "GET", "/customers"));
    }

    @Test
    void a_source_whose_search_ignores_the_condition_is_read_by_offset() {
        server.at("/customers/data", pages(2500));

        assertCounts(importAll(), "customers", 0, 0, 2500, 2500, 0);
        assertEquals("", printed());
    }

    private static List<String> pagesRead(RemoteServer server, String method, String path) {
        String list = method + " " + Api.BASE_PATH + path + "?offset=";
        return server.requests.stream()
                .filter(request -> request.startsWith(list))
                .map(request -> request.substring(list.length()).replace(" null", ""))
                .toList();
    }

    @Test
    void each_refused_item_is_reported_and_never_altered() {
        groups("{'name':'bad\\u0001'}", "{'name':'  '}", "{'name':'g'}");
        customers(
                "{'name':'..','groupName':'g'}",
                "{'name':'x','groupName':'bad\\u0001'}",
                "{'name':'half \\ud800'}",
                "{'name':'time','regDate':'yesterday'}",
                "{'name':7}",
                "'text'",
                "{'name':'long','city':'" + "x".repeat(256) + "'}",
                "{'name':'first','referenceId':'r'}",
                "{'name':'second','referenceId':'r'}",
                "{'name':'good','groupName':'g'}");

        Report report = importAll();

        assertEquals("first good", names("customer"));
        assertEquals("g", names("customer_group"));
        assertThat(report.isComplete(), is(false));
        assertPrinted(
                "refused: group \"bad\\u0001\": name: The name",
                "refused: group \"  \": name: ",
                "refused: customer \"..\" of group \"g\": name: ",
                "refused: customer \"x\" of group \"bad\\u0001\": groupName: ",
                "refused: customer \"half \\ud800\": name: ",
                "refused: customer \"time\": regDate: ",
                "refused: customer \"7\": name: ",
                "refused: customer \"\": ",
                "refused: customer \"long\": city: ",
                "refused: customer \"second\": The referenceId \"r\" belongs to another customer, \"first\".");
        assertCounts(report.toString(), "groups", 0, 0, 1, 3, 2);
        assertCounts(report.toString(), "customers", 0, 0, 2, 10, 8);
        assertThat(report.toString(), containsString("\ncustomers refused with status 1001: 7\n"));
        assertThat(report.toString(), containsString("\ncustomers refused with status 2103: 1\n"));
    }

    @Test
    void a_server_without_a_list_of_customers_is_read_group_by_group() {
        groups(
                "{'name':'a/b ü'}",
                "{'name':'gone'}",
                "{'name':'empty'}",
                "{'name':'..'}",
                "{'name':'.'}",
                "{'name':''}",
                "{'name':null}",
                "{'name':'half \\ud800'}");
        server.at(
                "/customer_groups/a%2Fb%20%C3%BC/customers",
                Answer.page("{'name':'1','groupName':'a/b ü'}", "{'name':'2'}"));
        server.at("/customer_groups/gone/customers", new Answer(404, "{\"status\":2001,\"msg\":\"no such group\"}"));
        server.at("/customer_groups/empty/customers", Answer.page());

        String table = importAll().toString();

        assertThat(stored("1"), startsWith("1|a/b ü|"));
        assertThat(stored("2"), startsWith("2|a/b ü|"));
        assertCounts(table, "customers", 0, 0, 2, 2, 0);
        assertThat(printed(), containsString("Customers without a group cannot be seen there."));
        assertThat(printed(), containsString("The customers of group \"gone\" cannot be read."));
        // A name that no path can have is in none
        for (String name : List.of("..", ".", "", "half \\ud800")) {
            assertThat(printed(), containsString("The customers of group \"" + name + "\" cannot be read."));
        }
        assertEquals(
                3,
                server.requests.stream()
                        .filter(request -> request.matches(".*/customer_groups/.+/customers.*"))
                        .count());
    }

    @Test
    void the_customers_of_a_group_are_imported_page_by_page() {
        groups("{'name':'g'}");
        server.at(
                "/customer_groups/g/customers",
                Answer.list(4, "{'name':'a'}", "{'name':'b'}"),
                new Answer(401, "{\"status\":1102,\"msg\":\"revoked\"}"));

        assertFails(server.base() + "/customer_groups/g/customers?offset=1&limit=1000 answers HTTP 401", remote());

        assertThat(stored("a"), startsWith("a|g|"));
        assertThat(stored("b"), startsWith("b|g|"));
    }

    @Tag("slow")
    @Test
    void a_failure_that_can_pass_is_retried() {
        Answer busy = new Answer(503, "<h1>busy</h1>");
        server.at("/customer_groups", busy, Answer.HALF, busy, Answer.page("{'name':'g'}"));
        server.at("/customers", Answer.page("{'name':'c'}"));

        assertThat(importAll().isComplete(), is(true));
        assertThat(printed(), containsString("\ngroups read: 1 of 1\n"));
        assertPrinted(
                server.base() + "/customer_groups?offset=0&limit=1000 answers HTTP 503. Retrying.",
                server.base() + "/customer_groups?offset=0&limit=1000 does not answer (java.io.IOException",
                server.base() + "/customer_groups?offset=0&limit=1000 answers HTTP 503. Retrying.");
    }

    @Tag("slow")
    @Test
    void the_progress_has_the_total_that_a_server_tells_and_none_of_a_file() throws IOException {
        // Given a source and a target that are busy until the next progress is due
        Answer busy = new Answer(503, "<h1>busy</h1>", Map.of("Retry-After", "5"));
        Queue<Answer> first = new ArrayDeque<>(List.of(busy));
        server.at("/customers", (uri, body) -> first.isEmpty() ? pages(2500).apply(uri, body) : first.remove());
        String file = IntStream.range(0, 2000)
                .mapToObj("{\"customer\":{\"name\":\"f%d\"}}\n"::formatted)
                .collect(joining());

        importAll();
        target.at("/customers", busy, Answer.PASSED_ON);
        Report report = report();
        new JsonLinesSource(new ByteArrayInputStream(file.getBytes(UTF_8)), report)
                .read(importer(false, false, report));

        assertThat(printed(), containsString("\ncustomers read: 1,000 of 2,500\n"));
        assertThat(printed(), containsString("\ncustomers read: 2,000\n"));
    }

    @Test
    void any_other_failure_ends_the_import_and_is_not_taken_for_an_empty_list() {
        String groups = server.base() + "/customer_groups?offset=0&limit=1000 ";
        server.at("/customer_groups", new Answer(401, "{\"status\":1102,\"msg\":\"no\\u001b[31m such key\"}"));
        assertFails(groups + "answers HTTP 401, status 1102: no\\u001b[31m such key", remote());
        // The search and the list are asked for once
        assertThat(server.requests.size(), is(2));

        server.at("/customer_groups", new Answer(200, "{\"status\":0,\"data\":{\"items\":[{\"name\":\"g\"}]}}"));
        assertFails(groups + "answers without a total.", remote());

        server.at("/customer_groups", new Answer(200, "<html>please log in</html>"));
        assertFails(groups + "answers HTTP 200.", remote());

        // The list of customers is gone after its first page
        groups("{'name':'g'}");
        server.at("/customer_groups/g/customers", Answer.page("{'name':'c'}"));
        server.at("/customers", Answer.list(4, "{'name':'a'}", "{'name':'b'}"), new Answer(404, "<h1>Not Found</h1>"));
        assertFails(server.base() + "/customers?offset=1&limit=1000 answers HTTP 404.", remote());

        server.close();
        assertFails(SEARCHED.formatted(server.base()) + "does not answer (java.net.ConnectException", remote());
    }

    @Test
    void a_source_that_never_ends_its_answer_holds_neither_the_command_nor_its_memory() {
        String groups = server.base() + "/customer_groups?offset=0&limit=1000 ";
        String search = SEARCHED.formatted(server.base());
        server.at("/customer_groups/data", Answer.TRICKLE);
        ApiClient impatient = client(server, Duration.ZERO, Duration.ofSeconds(1));
        assertFails(
                search + "does not answer (no whole answer within 1 s).", new ServerSource(impatient, report()::print));

        server.at("/customer_groups/data", Answer.ENDLESS);
        assertFails(search + "answers with over 32 MiB.", remote());

        // Nor does one of few bytes that is large in memory
        server.at("/customer_groups/data", new Answer(404, ""));
        groups("[]" + ",[]".repeat(1_000_000));
        assertFails(groups + "answers HTTP 200.", remote());
    }

    @Test
    void the_largest_page_that_a_source_can_have_is_read() {
        String customer = "{'name':'%s','description':'" + "\\ud842\\udfb7".repeat(2_000) + "'}";
        server.at(
                "/customers",
                Answer.page(
                        IntStream.range(0, 1_000).mapToObj(customer::formatted).toArray(String[]::new)));

        assertThat(importFrom(remote(), false, true).isComplete(), is(true));
    }

    private void assertFails(String message, ServerSource source) {
        CommandException refused = assertThrows(CommandException.class, () -> importFrom(source, false, false));
        assertThat(refused.getMessage(), startsWith(message));
    }

    @Test
    void items_that_the_server_does_not_return_and_members_that_this_service_does_not_store_are_reported() {
        groups("{'name':'g','id':7}");
        server.at("/customers", Answer.list(4, "{'name':'a','fax':'1'}", "{'name':'b','fax':'2'}"));

        String table = importAll().toString();

        assertThat(printed(), containsString("The source counts 2 more items in /customers than it returned."));
        assertThat(table, containsString("unknown member group.id, not imported: 1"));
        assertThat(table, containsString("unknown member customer.fax, not imported: 2"));
        assertCounts(table, "customers", 0, 0, 2, 2, 0);
    }

    @Test
    void a_file_is_read_line_by_line_and_invalid_lines_are_reported_with_their_number() throws IOException {
        // In ISO 8859-1, the bytes of a byte order mark and one that UTF-8 does not have
        byte[] broken = """
                \u00ef\u00bb\u00bf
                {"group":{"name":"g"}}

                {"customer":{"name":"a","groupName":"g"}}
                not json
                {"custoner":{"name":"b"}}
                {"group":{"name":"h"},"customer":{"name":"c"}}
                ["group"]
                {"group":{"name":"late"}}
                {"customer":{"name":"\u00ff"}}
                {"customer":{"name":".."}}
                {"customer":5}
                {"customer":{"name":"last"}}""".getBytes(ISO_8859_1);

        Report report = report();
        new JsonLinesSource(new ByteArrayInputStream(broken), report).read(importer(false, false, report));
        String table = report.toString();

        assertEquals("a last", names("customer"));
        assertEquals("g late", names("customer_group"));
        assertPrinted(
                "refused: line 5: ",
                "refused: line 6: There is no member \"custoner\"",
                "refused: line 7: There is no member \"group, customer\"",
                "refused: line 8: ",
                "refused: line 10: ",
                "refused: line 12: 5 is not an object",
                "refused: line 11: customer \"..\": name: ");
        assertThat(table, containsString("lines refused with status 1001: 6"));
        assertThat(table, not(containsString("not imported")));
    }

    @Test
    void overwrite_replaces_the_customers_that_differ_and_writes_no_others() {
        api.post("/customers", """
                [{"name":"same","city":"old","regDate":"2020-01-02 00:00:00"},{"name":"differs","city":"old","email":"e"}]""");
        customers(
                "{'name':'differs','city':'new','regDate':'2021-01-01'}",
                "{'name':'new'}",
                "{'name':'same','city':'old','regDate':'2020-01-02'}");

        String first = importFrom(remote(), true, false).toString();
        String second = importFrom(remote(), true, false).toString();

        assertCounts(first, "customers", 1, 1, 1, 3, 0);
        assertCounts(second, "customers", 3, 0, 0, 3, 0);
        assertEquals("differs||2021-01-01 00:00:00|new|", stored("differs"));
        assertEquals("0", Sql.text("select count(*) from customer where email is not null"));
        assertThat(writes(), is(1L));
    }

    @Test
    void overwrite_gives_a_customer_that_moved_or_was_renamed_its_new_place() {
        // Given customers that are moved, renamed, moved to none, both, and one in whose old group another one has the
        // new name
        groups("{'name':'g'}", "{'name':'h'}");
        here(
                "{'name':'moved','groupName':'g','referenceId':'1','city':'old'}",
                "{'name':'renamed','groupName':'g','referenceId':'2'}",
                "{'name':'alone','groupName':'g','referenceId':'3'}",
                "{'name':'both','referenceId':'4'}",
                "{'name':'x','groupName':'g','referenceId':'5'}",
                "{'name':'y','groupName':'g','referenceId':'6'}");
        String ids = ids();
        customers(
                "{'name':'moved','groupName':'new','referenceId':'1','city':'new'}",
                "{'name':'renamed 2','groupName':'g','referenceId':'2'}",
                "{'name':'alone','referenceId':'3'}",
                "{'name':'both 2','groupName':'h','referenceId':'4'}",
                "{'name':'y','groupName':'h','referenceId':'5'}",
                "{'name':'y','groupName':'g','referenceId':'6'}");

        String dryRun = importFrom(remote(), true, true).toString();
        String first = importFrom(remote(), true, false).toString();
        String second = importFrom(remote(), true, false).toString();

        assertThat(dryRun, containsString("customers moved: 5\n"));
        assertThat(first, containsString("customers moved: 5\n"));
        assertCounts(first, "customers", 1, 5, 0, 6, 0);
        assertCounts(second, "customers", 6, 0, 0, 6, 0);
        assertEquals("new/moved new 1, g/renamed 2 2, /alone 3, h/both 2 4, h/y 5, g/y 6", places());
        assertEquals(ids, ids());
    }

    @Test
    void overwrite_follows_customers_that_take_the_places_of_each_other() {
        // Given a chain, an exchange of names, one of referenceIds, a new customer at an old place, and one that is
        // gone
        here(
                "{'name':'a','referenceId':'1'}",
                "{'name':'b','referenceId':'2'}",
                "{'name':'c','referenceId':'3'}",
                "{'name':'d','referenceId':'4'}",
                "{'name':'e','referenceId':'5'}",
                "{'name':'f','referenceId':'6'}",
                "{'name':'g','referenceId':'7'}");
        customers(
                "{'name':'a','referenceId':'2'}",
                "{'name':'b','referenceId':'3'}",
                "{'name':'d','referenceId':'5','city':'x'}",
                "{'name':'e','referenceId':'4','city':'y'}",
                "{'name':'f','city':'new'}",
                "{'name':'g','referenceId':'8'}",
                "{'name':'y','referenceId':'6'}",
                "{'name':'z','referenceId':'1'}");

        String table = importFrom(remote(), true, false).toString();

        assertEquals("/z 1, /a 2, /b 3, /e y 4, /d x 5, /y 6, /g 8, /f new", places());
        assertThat(printed(), not(containsString("refused")));
        assertThat(table, containsString("customers moved: 4\n"));
        assertCounts(importFrom(remote(), true, false).toString(), "customers", 8, 0, 0, 8, 0);
    }

    @Test
    void a_customer_here_whose_place_one_over_there_has_keeps_its_name_without_the_referenceId() {
        here("{'name':'a','referenceId':'1'}", "{'name':'b','referenceId':'2','city':'kept'}");
        customers("{'name':'a','referenceId':'2'}");

        importFrom(remote(), true, false);

        assertEquals("/a 2, /b kept", places());
    }

    @Test
    void no_customer_is_moved_without_overwrite_or_by_a_referenceId_that_the_source_has_twice() {
        here("{'name':'a','referenceId':'1'}");
        customers("{'name':'b','referenceId':'1'}");
        assertCounts(importAll().toString(), "customers", 0, 0, 0, 1, 1);

        customers("{'name':'a','referenceId':'1'}", "{'name':'b','referenceId':'1'}");
        assertCounts(importFrom(remote(), true, false).toString(), "customers", 1, 0, 0, 2, 1);
        assertEquals("/a 1", places());
    }

    private void here(String... customers) {
        groups("{'name':'g'}", "{'name':'h'}");
        api.post("/customer_groups", "{\"name\":\"g\"}");
        String batch = "[" + String.join(",", customers) + "]";
        api.post("/customers", batch.replace('\'', '"')).statusCode(200);
    }

    private static String ids() {
        return Sql.text("select string_agg(reference_id || ':' || id, ' ' order by reference_id) from customer");
    }

    /** The customers by referenceId: group, name, city and referenceId. */
    private static String places() {
        return Sql.text(
                "select string_agg(concat_ws(' ', coalesce(g.name, '') || '/' || c.name, c.city, c.reference_id), ', '"
                        + " order by c.reference_id, c.name) from customer c left join customer_group g on g.id = c.group_id");
    }

    @Test
    void a_dry_run_tells_what_is_new_changed_or_invalid_and_changes_nothing() {
        api.post("/customers", "[{\"name\":\"a\",\"city\":\"old\"},{\"name\":\"b\"}]");
        customers("{'name':'a','city':'new'}", "{'name':'b'}", "{'name':'c','groupName':'g'}", "{'name':'..'}");

        String table = importFrom(remote(), true, true).toString();

        assertCounts(table, "groups", 0, 0, 1, 0, 0);
        assertCounts(table, "customers", 1, 1, 1, 4, 1);
        assertEquals("a b", names("customer"));
        assertThat(stored("a"), containsString("|old|"));
    }

    @Test
    void what_the_target_refuses_of_a_batch_is_reported_and_the_rest_is_imported() {
        // Given a target that names the entry of a refusal, and then one that does not
        target.at("/customers", (uri, body) -> {
            String reason = body.contains("\"b\"") ? "[1].city: No such city." : "Something is odd.";
            return body.contains("\"b\"") || body.contains("\"d\"")
                    ? new Answer(400, "{\"status\":1001,\"msg\":\"" + reason + "\"}")
                    : Answer.PASSED_ON;
        });
        customers("{'name':'a'}", "{'name':'b'}", "{'name':'c'}", "{'name':'d'}", "{'name':'e'}");

        String table = importAll().toString();

        assertEquals("a c e", names("customer"));
        assertThat(printed(), containsString("refused: customer \"b\": city: No such city. (1001)"));
        assertThat(printed(), containsString("refused: customer \"d\": Something is odd. (1001)"));
        assertCounts(table, "customers", 0, 0, 3, 5, 2);
    }

    @Test
    void a_batch_that_is_larger_than_a_body_may_be_is_sent_in_parts() {
        customers(IntStream.range(0, 600)
                .mapToObj(i -> "{'name':'%d','description':'%s'}".formatted(i, "x".repeat(2000)))
                .toArray(String[]::new));

        assertCounts(importAll().toString(), "customers", 0, 0, 600, 600, 0);
        assertThat(writes(), is(2L));
    }

    @Tag("slow")
    @Test
    void a_lost_answer_is_asked_for_again_when_an_overloaded_target_has_said_and_nothing_is_done_twice() {
        Answer overloaded = new Answer(503, "{\"status\":5001,\"msg\":\"busy\"}", Map.of("Retry-After", "1"));
        target.at("/customers", Answer.LOST, overloaded, Answer.PASSED_ON);
        target.at("/customer_groups", Answer.LOST, Answer.PASSED_ON);
        groups("{'name':'g'}");
        customers("{'name':'a','groupName':'g'}");
        long start = System.nanoTime();

        String table = importAll().toString();

        // Without Retry-After, the three pauses take 1 s, 1 s and 2 s.
        assertThat(
                System.nanoTime() - start, greaterThan(Duration.ofMillis(4900).toNanos()));
        assertCounts(table, "groups", 0, 0, 1, 1, 0);
        assertCounts(table, "customers", 0, 0, 1, 1, 0);
        assertThat(writes(), is(3L));
        assertEquals("1", Sql.text("select count(*) from stored_response"));
    }

    @Test
    void an_import_that_broke_off_continues_and_changes_nothing_that_is_there() {
        groups("{'name':'g'}");
        server.at("/customers", pages(1500));
        target.at("/customers", Answer.PASSED_ON, new Answer(401, "{\"status\":1102,\"msg\":\"revoked\"}"));
        assertThrows(CommandException.class, this::importAll);
        target.at("/customers", Answer.PASSED_ON);
        api.patch("/customers", "[{\"name\":\"c0000\",\"city\":\"changed\"}]");

        String table = importAll().toString();

        assertCounts(table, "groups", 1, 0, 0, 1, 0);
        assertCounts(table, "customers", 1000, 0, 500, 1500, 0);
        assertThat(stored("c0000"), containsString("|changed|"));
    }

    @Test
    void what_was_deleted_since_an_import_is_imported_again() {
        customers("{'name':'a'}", "{'name':'b'}");
        importAll();
        api.delete("/customers/a");
        api.delete("/customers/b");

        assertCounts(importAll(), "customers", 0, 0, 2, 2, 0);
        assertEquals("2", Sql.text("select count(*) from customer"));
    }

    @Test
    void an_exported_item_has_its_members_in_the_order_of_the_api_and_loses_none() {
        JsonNode item =
                ItemKind.JSON.parse("{\"new\":1,\"city\":\"x\",\"name\":\"a\",\"groupName\":null}".getBytes(UTF_8));

        assertEquals(
                "{\"customer\":{\"name\":\"a\",\"groupName\":null,\"city\":\"x\",\"new\":1}}",
                ItemKind.CUSTOMER.line(item));
    }

    /** The number of requests that write customers. */
    private long writes() {
        return target.requests.stream()
                .filter(request -> request.startsWith("POST " + Api.BASE_PATH + "/customers "))
                .count();
    }

    private void groups(String... groups) {
        server.at("/customer_groups", Answer.page(groups));
    }

    private void customers(String... customers) {
        server.at("/customers", Answer.page(customers));
    }

    /** The pages of a list with this number of customers. */
    private static BiFunction<URI, String, Answer> pages(int total) {
        return (uri, body) -> {
            int offset = parameter("offset", uri);
            return Answer.list(
                    total,
                    IntStream.range(offset, Math.min(total, offset + parameter("limit", uri)))
                            .mapToObj("{'name':'c%04d'}"::formatted)
                            .toArray(String[]::new));
        };
    }

    private static int parameter(String name, URI uri) {
        return Integer.parseInt(uri.getQuery().replaceAll(".*" + name + "=(\\d+).*", "$1"));
    }

    private void assertPrinted(String... beginnings) {
        List<Matcher<? super String>> lines = Stream.of(beginnings)
                .<Matcher<? super String>>map(Matchers::startsWith)
                .toList();
        String progress = "(group|customer)s read: .*";
        assertThat(printed().lines().filter(line -> !line.matches(progress)).toList(), contains(lines));
    }

    private static String names(String table) {
        return Sql.text("select string_agg(name, ' ' order by name) from " + table);
    }

    private Report importAll() {
        return importFrom(remote(), false, false);
    }

    private ServerSource remote() {
        return source(Duration.ZERO);
    }

    private ServerSource source(Duration pause) {
        return new ServerSource(client(server, pause), report()::print);
    }

    private ApiClient client(RemoteServer of, Duration pause) {
        return client(of, pause, Duration.ofMinutes(1));
    }

    private ApiClient client(RemoteServer of, Duration pause, Duration timeout) {
        return new ApiClient(of.base(), Vendors.ACME, pause, timeout, report()::print);
    }

    private Report importFrom(ServerSource source, boolean overwrite, boolean dryRun) {
        Report report = report();
        Importer importer = importer(overwrite, dryRun, report);
        source.read(importer);
        importer.finish();
        return report;
    }

    private Importer importer(boolean overwrite, boolean dryRun, Report report) {
        return new Importer(client(target, Duration.ZERO), overwrite, dryRun, report);
    }

    private Report report() {
        return new Report(new PrintWriter(printed, true, UTF_8));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    /** A report has no line for a count of zero, and one for each status of a refusal. */
    private static void assertCounts(
            Object report, String kind, int present, int changed, int created, int read, int refused) {
        String lines = report.toString();
        Map<String, Integer> counts =
                Map.of("already there", present, "changed", changed, "new", created, "read", read, "refused", refused);
        counts.forEach((what, expected) -> assertEquals(
                expected,
                lines.lines()
                        .filter(line -> line.startsWith(kind + " " + what))
                        .mapToInt(line -> Integer.parseInt(line.replaceAll(".*: |,", "")))
                        .sum(),
                kind + " " + what));
    }

    private static String stored(String customer) {
        return Sql.text("select concat_ws('|', c.name, coalesce(g.name, ''), c.reg_date, coalesce(c.city, ''), "
                + "coalesce(c.reference_id, '')) from customer c left join customer_group g "
                + "on g.vendor = c.vendor and g.id = c.group_id where c.name = '" + customer + "'");
    }
}
