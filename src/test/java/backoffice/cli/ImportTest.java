package backoffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private RemoteServer server;
    private RemoteServer target;

    @BeforeEach
    void an_empty_vendor_and_a_server() throws IOException {
        Sql.clean();
        server = new RemoteServer();
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
        server.at("/customer_groups", Answer.page("{\"name\":\"华东\"}"));
        server.at(
                "/customers",
                Answer.page(
                        "{\"name\":\"a\",\"groupName\":\"华东\",\"regDate\":\"2020-01-02 03:04:05\",\"city\":\"上海\",\"referenceId\":\"r\"}",
                        "{\"name\":\"b\",\"groupName\":\"\",\"city\":null}",
                        "{\"name\":\"c\",\"groupName\":null,\"regDate\":\"2020-01-02\",\"city\":\"\",\"referenceId\":\"\"}"));

        String table = importAll().table(false);

        assertEquals("a|华东|2020-01-02 03:04:05|上海|r", stored("a"));
        assertThat(stored("b"), startsWith("b||20"));
        assertEquals("c||2020-01-02 00:00:00||", stored("c"));
        assertThat(table, containsString(row("groups", 1, 1, 0, 0, 0)));
        assertThat(table, containsString(row("customers", 3, 3, 0, 0, 0)));
    }

    @Test
    void lists_without_a_total_or_without_items_are_read_to_their_end() {
        List<String> names = IntStream.range(0, 25)
                .mapToObj("{\"name\":\"g%02d\"}"::formatted)
                .toList();
        // A server that returns at most seven items a page, and omits members that are null
        server.at("/customer_groups", (uri, body) -> {
            int offset = Integer.parseInt(uri.getQuery().replaceAll(".*offset=(\\d+).*", "$1"));
            List<String> page = names.subList(Math.min(offset, 25), Math.min(offset + 7, 25));
            return new Answer(
                    200,
                    page.isEmpty()
                            ? "{\"status\":0,\"msg\":\"成功\"}"
                            : "{\"status\":0,\"msg\":\"成功\",\"data\":{\"items\":[" + String.join(",", page) + "]}}");
        });
        server.at("/customers", new Answer(200, "{\"status\":0,\"data\":{}}"));

        String table = importAll().table(false);

        assertThat(table, containsString(row("groups", 25, 25, 0, 0, 0)));
        assertThat(table, containsString(row("customers", 0, 0, 0, 0, 0)));
    }

    @Test
    void existing_groups_and_customers_are_not_changed() {
        server.at("/customer_groups", Answer.page("{\"name\":\"g\"}"));
        server.at(
                "/customers",
                Answer.page("{\"name\":\"a\",\"groupName\":\"g\",\"city\":\"old\"}"),
                Answer.page(
                        "{\"name\":\"a\",\"groupName\":\"g\",\"city\":\"new\"}",
                        "{\"name\":\"b\",\"groupName\":\"g\"}"));
        importAll();

        String table = importAll().table(false);

        assertThat(stored("a"), containsString("|old|"));
        assertThat(table, containsString(row("groups", 1, 0, 0, 1, 0)));
        assertThat(table, containsString(row("customers", 2, 1, 0, 1, 0)));
    }

    @Test
    void each_refused_item_is_reported_and_never_altered() {
        server.at(
                "/customer_groups", Answer.page("{\"name\":\"bad\\u0001\"}", "{\"name\":\"  \"}", "{\"name\":\"g\"}"));
        server.at(
                "/customers",
                Answer.page(
                        "{\"name\":\"..\",\"groupName\":\"g\"}",
                        "{\"name\":\"x\",\"groupName\":\"bad\\u0001\"}",
                        "{\"name\":\"half \\ud800\"}",
                        "{\"name\":\"time\",\"regDate\":\"yesterday\"}",
                        "{\"name\":7}",
                        "\"text\"",
                        "{\"name\":\"long\",\"city\":\"" + "x".repeat(256) + "\"}",
                        "{\"name\":\"first\",\"referenceId\":\"r\"}",
                        "{\"name\":\"second\",\"referenceId\":\"r\"}",
                        "{\"name\":\"good\",\"groupName\":\"g\"}"));

        ImportReport report = importAll();

        assertEquals("first good", text("select string_agg(name, ' ' order by name) from customer"));
        assertEquals("g", text("select string_agg(name, ' ') from customer_group"));
        assertThat(report.isComplete(), is(false));
        assertThat(
                printed().lines().toList(),
                contains(
                        startsWith("refused: group \"bad\\u0001\": name: The name"),
                        startsWith("refused: group \"  \": name: "),
                        startsWith("refused: customer \"..\" of group \"g\": name: "),
                        startsWith("refused: customer \"x\" of group \"bad\\u0001\": groupName: "),
                        startsWith("refused: customer \"half \\ud800\": name: "),
                        startsWith("refused: customer \"time\": regDate: "),
                        startsWith("refused: customer \"7\": name: "),
                        startsWith("refused: customer \"\": "),
                        startsWith("refused: customer \"long\": city: "),
                        startsWith(
                                "refused: customer \"second\": The referenceId \"r\" belongs to another customer, \"first\".")));
        assertThat(report.table(false), containsString(row("groups", 3, 1, 0, 0, 2)));
        assertThat(report.table(false), containsString(row("customers", 10, 2, 0, 0, 8)));
        assertThat(report.table(false), containsString("refused with status 1001: 9"));
        assertThat(report.table(false), containsString("refused with status 2103: 1"));
    }

    @Test
    void members_that_this_service_does_not_store_are_reported() {
        server.at("/customer_groups", Answer.page("{\"name\":\"g\",\"id\":7}"));
        server.at("/customers", Answer.page("{\"name\":\"a\",\"fax\":\"1\"}", "{\"name\":\"b\",\"fax\":\"2\"}"));

        String table = importAll().table(false);

        assertThat(table, containsString("unknown member group.id, not imported: 1"));
        assertThat(table, containsString("unknown member customer.fax, not imported: 2"));
        assertThat(table, containsString(row("customers", 2, 2, 0, 0, 0)));
    }

    @Test
    void a_server_without_a_list_of_customers_is_read_group_by_group() {
        server.at(
                "/customer_groups",
                Answer.page(
                        "{\"name\":\"a/b ü\"}", "{\"name\":\"gone\"}", "{\"name\":\"..\"}", "{\"name\":\"empty\"}"));
        server.at(
                "/customer_groups/a%2Fb%20%C3%BC/customers",
                Answer.page("{\"name\":\"1\",\"groupName\":\"a/b ü\"}", "{\"name\":\"2\"}"));
        server.at("/customer_groups/gone/customers", new Answer(404, "{\"status\":2001,\"msg\":\"no such group\"}"));
        server.at("/customer_groups/empty/customers", Answer.page());

        String table = importAll().table(false);

        assertThat(stored("1"), startsWith("1|a/b ü|"));
        assertThat(stored("2"), startsWith("2|a/b ü|"));
        assertThat(table, containsString(row("customers", 2, 2, 0, 0, 0)));
        assertThat(printed(), containsString("Customers without a group cannot be seen there."));
        assertThat(printed(), containsString("The source does not have group \"gone\" any more."));
        assertThat(printed(), containsString("The customers of group \"..\" cannot be read."));
    }

    @Test
    void a_list_of_customers_that_is_gone_after_its_first_page_ends_the_import() {
        server.at("/customer_groups", Answer.page("{\"name\":\"g\"}"));
        server.at("/customer_groups/g/customers", Answer.page("{\"name\":\"c\"}"));
        server.at(
                "/customers",
                new Answer(200, "{\"status\":0,\"data\":{\"total\":4,\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}"),
                new Answer(404, "<h1>Not Found</h1>"));

        CommandException refused =
                assertThrows(CommandException.class, () -> importFrom(source("key", Duration.ZERO, 2), false, false));

        assertThat(refused.getMessage(), containsString("answers HTTP 404."));
    }

    @Test
    void a_group_that_is_missing_in_the_list_of_groups_is_created_for_its_customers() {
        server.at("/customer_groups", Answer.page());
        server.at("/customers", Answer.page("{\"name\":\"a\",\"groupName\":\"young\"}"));

        String table = importAll().table(false);

        assertThat(stored("a"), startsWith("a|young|"));
        assertThat(table, containsString(row("groups", 0, 1, 0, 0, 0)));
    }

    @Test
    void a_temporary_failure_of_the_server_is_retried() {
        server.at("/customer_groups", new Answer(503, "<h1>busy</h1>"), Answer.page("{\"name\":\"g\"}"));
        server.at("/customers", Answer.page());

        assertThat(importAll().isComplete(), is(true));
        assertThat(printed(), containsString("answers HTTP 503. Retrying."));
    }

    @Test
    void a_late_answer_is_retried() {
        boolean[] late = {true};
        server.at("/customer_groups", (uri, body) -> {
            if (late[0]) {
                late[0] = false;
                LockSupport.parkNanos(Duration.ofSeconds(3).toNanos());
            }
            return Answer.page("{\"name\":\"g\"}");
        });
        server.at("/customers", Answer.page());

        assertThat(importAll().isComplete(), is(true));
        assertThat(printed(), containsString("does not answer"));
    }

    @Test
    void a_broken_connection_is_retried_and_a_refused_connection_is_not() {
        server.at("/customer_groups", Answer.page("{\"name\":\"g\"}"));
        server.at("/customers", Answer.HALF, Answer.page());

        assertThat(importAll().isComplete(), is(true));
        assertThat(printed(), containsString("Retrying."));

        server.close();
        CommandException refused = assertThrows(CommandException.class, this::importAll);
        assertThat(refused.getMessage(), containsString("does not answer (java.net.ConnectException"));
    }

    @Test
    void a_refusal_ends_the_import_with_the_message_of_the_server() {
        CommandException refused = assertThrows(
                CommandException.class, () -> importFrom(source("wrong", Duration.ZERO, 1000), false, false));

        assertThat(
                refused.getMessage(),
                is(
                        server.base()
                                + "/customer_groups?offset=0&limit=1000 answers HTTP 401, status 1102: no\\u001b[31m such key"));
        assertThat(server.requests().size(), is(1));
    }

    @Test
    void an_answer_that_is_not_of_the_api_is_not_read_as_an_empty_list() {
        server.at("/customer_groups", new Answer(200, "<html>please log in</html>"));

        CommandException refused = assertThrows(CommandException.class, this::importAll);

        assertThat(refused.getMessage(), containsString("answers HTTP 200."));
    }

    @Test
    void items_that_the_server_counts_but_does_not_return_are_reported() {
        server.at("/customer_groups", Answer.page());
        server.at(
                "/customers",
                new Answer(200, "{\"status\":0,\"data\":{\"total\":4,\"items\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}"));

        importAll();

        assertThat(printed(), containsString("GET /customers returned 2 items fewer than its total."));
    }

    @Test
    void the_request_rate_stays_within_its_limit() {
        String[] customers =
                IntStream.range(0, 20).mapToObj(i -> "{\"name\":\"" + i + "\"}").toArray(String[]::new);
        server.at("/customer_groups", Answer.page());
        server.at("/customers", pages(customers));
        long start = System.nanoTime();

        importFrom(source("key", Duration.ofMillis(100), 5), false, false);

        int requests = server.requests().size();
        assertThat(requests, is(6));
        assertThat(System.nanoTime() - start, greaterThan(Duration.ofMillis(100).toNanos() * (requests - 1)));
        assertEquals("20", text("select count(*) from customer"));
    }

    @Test
    void a_file_is_read_line_by_line_and_invalid_lines_are_reported_with_their_number() {
        String file = """
                {"group":{"name":"g"}}

                {"customer":{"name":"a","groupName":"g"}}
                not json
                {"custoner":{"name":"b"}}
                {"group":{"name":"h"},"customer":{"name":"c"}}
                ["group"]
                {"group":{"name":"late"}}
                {"customer":{"name":"\u00ff"}}
                {"customer":{"name":"last"}}""";
        byte[] broken = ("\uFEFF\n" + file).replace('\u00ff', '\u0001').getBytes(UTF_8);
        for (int i = 0; i < broken.length; i++) {
            broken[i] = broken[i] == 1 ? (byte) 0xff : broken[i];
        }

        String table = importFrom(new JsonLinesSource(new ByteArrayInputStream(broken)), false, false)
                .table(false);

        assertEquals("a last", text("select string_agg(name, ' ' order by name) from customer"));
        assertEquals("g late", text("select string_agg(name, ' ' order by name) from customer_group"));
        assertThat(
                printed().lines().toList(),
                contains(
                        startsWith("refused: line 5: "),
                        startsWith("refused: line 6: There is no member \"custoner\""),
                        startsWith("refused: line 7: There is no member \"group, customer\""),
                        startsWith("refused: line 8: "),
                        startsWith("refused: line 10: ")));
        assertThat(table, containsString("lines without a group or customer: 5"));
        assertThat(table, not(containsString("not imported")));
    }

    @Test
    void overwrite_replaces_the_customers_that_differ_and_writes_no_others() {
        api().post("/customers", """
                [{"name":"same","city":"old","regDate":"2020-01-02 00:00:00"},{"name":"differs","city":"old","email":"e"}]""");
        server.at("/customer_groups", Answer.page());
        server.at(
                "/customers",
                Answer.page(
                        "{\"name\":\"differs\",\"city\":\"new\",\"regDate\":\"2021-01-01\"}",
                        "{\"name\":\"new\"}",
                        "{\"name\":\"same\",\"city\":\"old\",\"regDate\":\"2020-01-02\"}"));

        String first = importFrom(remote(), true, false).table(false);
        String second = importFrom(remote(), true, false).table(false);

        assertThat(first, containsString(row("customers", 3, 1, 1, 1, 0)));
        assertThat(second, containsString(row("customers", 3, 0, 0, 3, 0)));
        assertEquals("differs||2021-01-01 00:00:00|new|", stored("differs"));
        assertEquals("0", text("select count(*) from customer where email is not null"));
        assertThat(writes(), is(1L));
    }

    @Test
    void a_dry_run_tells_which_referenceIds_are_taken() {
        api().post("/customers", "[{\"name\":\"holder\",\"referenceId\":\"r\"}]");
        server.at("/customer_groups", Answer.page());
        server.at("/customers", Answer.page("{\"name\":\"a\"}", "{\"name\":\"b\",\"referenceId\":\"r\"}"));

        String table = importFrom(remote(), false, true).table(true);

        assertThat(printed(), containsString("The referenceId \"r\" belongs to another customer, \"holder\". (2103)"));
        assertThat(table, containsString(row("customers", 2, 1, 0, 0, 1)));
    }

    @Test
    void what_the_target_refuses_of_a_batch_is_reported_and_the_rest_is_imported() {
        // Given a target that names the entry of a refusal, and then one that does not
        String[] refusals = {"[1].city: No such city.", "Something is odd."};
        target.at("/customers", (uri, body) -> {
            boolean named = body.contains("\"b\"");
            return named || body.contains("\"d\"")
                    ? new Answer(400, "{\"status\":1001,\"msg\":\"" + refusals[named ? 0 : 1] + "\"}")
                    : Answer.PASSED_ON;
        });
        server.at("/customer_groups", Answer.page());
        server.at(
                "/customers",
                Answer.page(
                        "{\"name\":\"a\"}",
                        "{\"name\":\"b\"}",
                        "{\"name\":\"c\"}",
                        "{\"name\":\"d\"}",
                        "{\"name\":\"e\"}"));

        String table = importAll().table(false);

        assertEquals("a c e", text("select string_agg(name, ' ' order by name) from customer"));
        assertThat(printed(), containsString("refused: customer \"b\": city: No such city. (1001)"));
        assertThat(printed(), containsString("refused: customer \"d\": Something is odd. (1001)"));
        assertThat(table, containsString(row("customers", 5, 3, 0, 0, 2)));
    }

    @Test
    void a_batch_that_is_larger_than_a_body_may_be_is_sent_in_parts() {
        String[] customers = IntStream.range(0, 600)
                .mapToObj(i -> "{\"name\":\"%d\",\"description\":\"%s\"}".formatted(i, "x".repeat(2000)))
                .toArray(String[]::new);
        server.at("/customer_groups", Answer.page());
        server.at("/customers", Answer.page(customers));

        assertThat(importAll().table(false), containsString(row("customers", 600, 600, 0, 0, 0)));
        assertThat(writes(), is(2L));
    }

    @Test
    void a_lost_answer_of_the_target_is_asked_for_again_and_nothing_is_done_twice() {
        target.at("/customers", Answer.LOST, Answer.PASSED_ON);
        target.at("/customer_groups", Answer.LOST, Answer.PASSED_ON);
        server.at("/customer_groups", Answer.page("{\"name\":\"g\"}"));
        server.at("/customers", Answer.page("{\"name\":\"a\",\"groupName\":\"g\"}"));

        String table = importAll().table(false);

        assertThat(printed(), containsString("Retrying."));
        assertThat(table, containsString(row("groups", 1, 1, 0, 0, 0)));
        assertThat(table, containsString(row("customers", 1, 1, 0, 0, 0)));
        assertThat(writes(), is(2L));
        assertEquals("1", text("select count(*) from stored_response"));
    }

    @Test
    void an_overloaded_target_gets_the_batch_again_when_it_has_said() {
        Answer overloaded = new Answer(503, "{\"status\":5001,\"msg\":\"busy\"}", Map.of("Retry-After", "1"));
        target.at("/customers", overloaded, Answer.PASSED_ON);
        server.at("/customer_groups", Answer.page());
        server.at("/customers", Answer.page("{\"name\":\"a\"}"));
        long start = System.nanoTime();

        String table = importAll().table(false);

        assertThat(System.nanoTime() - start, greaterThan(Duration.ofSeconds(1).toNanos()));
        assertThat(table, containsString(row("customers", 1, 1, 0, 0, 0)));
    }

    @Test
    void an_import_that_broke_off_continues_and_leaves_what_changed_meanwhile() {
        String[] customers = IntStream.range(0, 1500)
                .mapToObj("{\"name\":\"c%04d\"}"::formatted)
                .toArray(String[]::new);
        server.at("/customer_groups", Answer.page());
        server.at("/customers", pages(customers));
        target.at("/customers", Answer.PASSED_ON, new Answer(401, "{\"status\":1102,\"msg\":\"revoked\"}"));
        assertThrows(CommandException.class, this::importAll);
        target.at("/customers", Answer.PASSED_ON);
        api().patch("/customers", "[{\"name\":\"c0000\",\"city\":\"changed\"}]");

        String table = importAll().table(false);

        assertThat(table, containsString(row("customers", 1500, 500, 0, 1000, 0)));
        assertThat(stored("c0000"), containsString("|changed|"));
    }

    @Test
    void what_was_deleted_since_an_import_is_imported_again() {
        server.at("/customer_groups", Answer.page());
        server.at("/customers", Answer.page("{\"name\":\"a\"}", "{\"name\":\"b\"}"));
        importAll();
        api().delete("/customers/a");
        api().delete("/customers/b");

        String table = importAll().table(false);

        assertThat(table, containsString(row("customers", 2, 2, 0, 0, 0)));
        assertEquals("2", text("select count(*) from customer"));
    }

    @Test
    void an_exported_item_has_its_members_in_the_order_of_the_api_and_loses_none() {
        JsonNode item =
                ItemKind.JSON.parse("{\"new\":1,\"city\":\"x\",\"name\":\"a\",\"groupName\":null}".getBytes(UTF_8));

        assertEquals(
                "{\"name\":\"a\",\"groupName\":null,\"city\":\"x\",\"new\":1}",
                ItemKind.CUSTOMER.ordered(item).toString());
    }

    private static Api api() {
        return Api.as(Vendors.ACME);
    }

    /** The number of requests that write customers. */
    private long writes() {
        return target.requests().stream()
                .filter(("POST " + Api.BASE_PATH + "/customers")::equals)
                .count();
    }

    private static BiFunction<URI, String, Answer> pages(String... items) {
        return (uri, body) -> {
            int offset = Integer.parseInt(uri.getQuery().replaceAll(".*offset=(\\d+).*", "$1"));
            int limit = Integer.parseInt(uri.getQuery().replaceAll(".*limit=(\\d+).*", "$1"));
            List<String> page =
                    List.of(items).subList(Math.min(items.length, offset), Math.min(items.length, offset + limit));
            return new Answer(
                    200,
                    "{\"status\":0,\"data\":{\"total\":%d,\"items\":[%s]}}"
                            .formatted(items.length, String.join(",", page)));
        };
    }

    private ImportReport importAll() {
        return importFrom(remote(), false, false);
    }

    private Source remote() {
        return source("key", Duration.ZERO, 1000);
    }

    private Source source(String key, Duration interval, int pageSize) {
        return new ServerSource(api(server, key, interval), pageSize, progress()::printLine);
    }

    private ApiClient api(RemoteServer of, String key, Duration interval) {
        return new ApiClient(of.base(), key, interval, Duration.ofSeconds(2), progress()::printLine);
    }

    private ImportReport importFrom(Source source, boolean overwrite, boolean dryRun) {
        ImportReport report = new ImportReport(progress());
        source.read(new Importer(api(target, Vendors.ACME, Duration.ZERO), overwrite, dryRun, report));
        return report;
    }

    private ProgressPrinter progress() {
        return new ProgressPrinter(new PrintWriter(printed, true, UTF_8), Duration.ofHours(1));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    private static String row(String kind, int read, int created, int changed, int present, int refused) {
        return "%-12s %,13d %,13d %,13d %,13d %,13d%n".formatted(kind, read, created, changed, present, refused);
    }

    private static String stored(String customer) {
        return text("select concat_ws('|', c.name, coalesce(g.name, ''), c.reg_date, coalesce(c.city, ''), "
                + "coalesce(c.reference_id, '')) from customer c left join customer_group g "
                + "on g.vendor = c.vendor and g.id = c.group_id where c.name = '" + customer + "'");
    }

    private static String text(String select) {
        return Sql.text(select);
    }
}
