package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.cli.RemoteServer.Answer;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the lists of a server are read, of one that has less than this service and of one that fails. */
@QuarkusTest
class ServerSourceTest extends ServerImport {

    private static final String FIRST_REQUEST = "/customer_groups/data?offset=0&limit=1 ";
    private static final String GROUPS = "/customer_groups?offset=0&limit=1000 ";

    @Test
    void short_pages_and_lists_without_items_are_read_to_their_end_at_the_given_rate() {
        // A server that returns at most seven items a page, and omits empty lists
        server.at("/customer_groups", pages(25, 7));
        server.at("/customers", new Answer(200, "{'status':0,'data':{}}"));
        Duration pause = Duration.ofMillis(100);
        long start = System.nanoTime();

        Report report = importFrom(source(server, pause, Duration.ofMinutes(1)), false, false);

        assertThat(System.nanoTime() - start, greaterThan((server.requests.size() - 1) * pause.toNanos()));
        assertCounts("groups new: 25, groups read: 25", report);
    }

    @Test
    void lists_are_read_from_name_to_name_and_by_offset_where_many_customers_have_one_name() {
        Sql.execute(
                "insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 2500) i");
        Sql.execute("insert into customer (vendor, name, group_id, reg_date) select 'acme', "
                + "case when id % 2 = 0 then 'g1' else name end, id, now() from customer_group");
        List<String> read = new ArrayList<>();

        source(target, Duration.ZERO, Duration.ofMinutes(1))
                .read((kind, page) ->
                        page.items().forEach(item -> read.add(kind.line(item).replaceAll(",\"regDate.*", ""))));

        assertEquals(5000, read.size());
        assertEquals(5000, Set.copyOf(read).size());
        assertEquals("", printed());
        assertEquals(
                List.of("0&limit=1", "0&limit=1000", "0&limit=1000", "999&limit=1000", "0&limit=1000"),
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
        server.at("/customers/data", new Answer(httpCode, body));
        server.at("/customers", pages(2500, 1000));

        assertCounts("customers new: 2,500, customers read: 2,500", importAll());
        assertEquals("", printed());
        assertEquals(
                List.of("0&limit=1000", "999&limit=1000", "1998&limit=1000"), pagesRead(server, "GET", "/customers"));
    }

    @Test
    void a_source_whose_search_ignores_the_condition_is_read_by_offset() {
        server.at("/customers/data", pages(2500, 1000));

        assertCounts("customers new: 2,500, customers read: 2,500", importAll());
        assertEquals("", printed());
    }

    private static List<String> pagesRead(RemoteServer server, String method, String path) {
        return server.requests(method, path + "?offset=").stream()
                .map(request -> request.replaceAll(".*offset=| null", ""))
                .toList();
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
        server.at("/customer_groups/gone/customers", Answer.refused(404, 2001, "no such group"));
        server.at("/customer_groups/empty/customers", Answer.page());

        Report report = importAll();

        assertThat(stored("1"), startsWith("1|a/b ü|"));
        assertThat(stored("2"), startsWith("2|a/b ü|"));
        assertThat(report.toString(), startsWith("customers new: 2\ncustomers read: 2\n"));
        assertThat(printed(), containsString("Customers without a group cannot be seen there."));
        // A name that no path can have is in none
        for (String name : List.of("gone", "..", ".", "", "half \\ud800")) {
            assertThat(printed(), containsString("The customers of group \"" + name + "\" cannot be read."));
        }
        assertEquals(3, server.requests("GET", "/customer_groups/").size());
    }

    @Test
    void the_customers_of_a_group_are_imported_page_by_page() {
        groups("{'name':'g'}");
        server.at(
                "/customer_groups/g/customers",
                Answer.list(4, "{'name':'a'}", "{'name':'b'}"),
                Answer.refused(401, 1102, "revoked"));

        assertFails("/customer_groups/g/customers?offset=1&limit=1000 answers HTTP 401");

        assertThat(stored("a"), startsWith("a|g|"));
        assertThat(stored("b"), startsWith("b|g|"));
    }

    @Tag("slow")
    @Test
    void a_failure_that_can_pass_is_retried() {
        Answer busy = new Answer(503, "<h1>busy</h1>");
        server.at("/customer_groups", busy, Answer.HALF, busy, Answer.page("{'name':'g'}"));
        customers("{'name':'c'}");

        assertThat(importAll().isComplete(), is(true));
        assertThat(printed(), containsString("\ngroups read: 1 of 1\n"));
        assertPrinted(
                server.base() + GROUPS + "answers HTTP 503. Retrying.",
                server.base() + GROUPS + "does not answer (java.io.IOException",
                server.base() + GROUPS + "answers HTTP 503. Retrying.");
    }

    @Test
    void a_server_that_asks_for_a_long_wait_ends_the_import_and_the_message_says_until_when() {
        for (Object retryAfter : List.of(9999, 301, "Fri, 01 Jan 2100 00:00:00 GMT")) {
            server.requests.clear();
            server.at("/customer_groups", Answer.busy(retryAfter));

            assertFails(GROUPS + "answers HTTP 503, status 5001: Busy. Start the command again after 2");
            assertEquals(1, server.requests("GET", "/customer_groups?").size());
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(strings = {"Sat, 01 Jan 2000 00:00:00 GMT", "soon", "-1", "99999999999"})
    void a_past_date_and_what_is_no_time_are_no_wait(String retryAfter) {
        server.at("/customer_groups", Answer.busy(retryAfter), Answer.page("{'name':'g'}"));

        assertThat(importAll().isComplete(), is(true));
    }

    @Test
    void any_other_failure_ends_the_import_and_is_not_taken_for_an_empty_list() {
        server.at("/customer_groups", Answer.refused(401, 1102, "no\\u001b[31m such key"));
        assertFails(GROUPS + "answers HTTP 401, status 1102: no\\u001b[31m such key");
        // The search and the list are asked for once
        assertThat(server.requests.size(), is(2));

        server.at("/customer_groups", new Answer(200, "{'status':0,'data':{'items':[{'name':'g'}]}}"));
        assertFails(GROUPS + "answers without a total.");

        server.at("/customer_groups", new Answer(200, "<html>please log in</html>"));
        assertFails(GROUPS + "answers HTTP 200.");

        // The list of customers is gone after its first page
        groups("{'name':'g'}");
        server.at("/customer_groups/g/customers", Answer.page("{'name':'c'}"));
        server.at("/customers", Answer.list(4, "{'name':'a'}", "{'name':'b'}"), Answer.NOT_FOUND);
        assertFails("/customers?offset=1&limit=1000 answers HTTP 404.");

        server.close();
        assertFails(FIRST_REQUEST + "does not answer (java.net.ConnectException");
    }

    @Test
    void a_source_that_never_ends_its_answer_holds_neither_the_command_nor_its_memory() {
        server.at("/customer_groups/data", Answer.TRICKLE);
        assertFails(
                FIRST_REQUEST + "does not answer (no whole answer within 1 s).",
                source(server, Duration.ZERO, Duration.ofSeconds(1)));

        server.at("/customer_groups/data", Answer.ENDLESS);
        assertFails(FIRST_REQUEST + "answers with over 32 MiB.");

        // Nor does one of few bytes that is large in memory
        server.at("/customer_groups/data", Answer.NOT_FOUND);
        groups("[]" + ",[]".repeat(1_000_000));
        assertFails(GROUPS + "answers HTTP 200.");
    }

    @Test
    void the_largest_page_that_a_source_can_have_is_read() {
        String customer = "{'name':'%s','description':'" + "\\ud842\\udfb7".repeat(2_000) + "'}";
        customers(items(0, 1_000, customer::formatted));

        assertThat(importFrom(source(), false, true).isComplete(), is(true));
    }

    private void assertFails(String message) {
        assertFails(message, source());
    }

    private void assertFails(String message, ServerSource source) {
        CommandException failure = assertThrows(CommandException.class, () -> importFrom(source, false, false));
        assertThat(failure.getMessage(), startsWith(server.base() + message));
    }

    @Test
    void items_that_the_server_does_not_return_and_members_that_this_service_does_not_store_are_reported() {
        groups("{'name':'g','id':7}");
        server.at("/customers", Answer.list(4, "{'name':'a','fax':'1'}", "{'name':'b','fax':'2'}"));

        assertCounts(
                "customers new: 2, customers read: 2, groups new: 1, groups read: 1, "
                        + "unknown member customer.fax, not imported: 2, unknown member group.id, not imported: 1",
                importAll());
        assertThat(printed(), containsString("The source counts 2 more items in /customers than it returned."));
    }
}
