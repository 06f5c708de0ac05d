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
import backoffice.json.StrictJsonReader;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ImportTest {

    private static final String VENDOR = "mover";

    @Inject
    ImportTarget target;

    @Inject
    StrictJsonReader json;

    @Inject
    GracefulStop stop;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private RemoteServer server;

    @BeforeEach
    void anEmptyVendorAndAServer() throws IOException {
        Sql.execute("delete from customer where vendor = '" + VENDOR + "'");
        Sql.execute("delete from customer_group where vendor = '" + VENDOR + "'");
        server = new RemoteServer();
    }

    @AfterEach
    void closeTheServer() {
        server.close();
    }

    @Test
    void groups_and_customers_are_imported_with_all_members() {
        server.at("/customer_groups", Answer.page("{\"name\":\"华东\"}"));
        server.at(
                "/customers",
                Answer.page(
                        "{\"name\":\"a\",\"groupName\":\"华东\",\"regDate\":\"2020-01-02 03:04:05\",\"city\":\"上海\",\"referenceId\":\"r\"}",
                        "{\"name\":\"b\",\"groupName\":\"\",\"city\":null}"));

        String table = importAll().table(false);

        assertEquals("a|华东|2020-01-02 03:04:05|上海|r", stored("a"));
        assertThat(stored("b"), startsWith("b||20"));
        assertThat(table, containsString(row("groups", 1, 1, 0, 0)));
        assertThat(table, containsString(row("customers", 2, 2, 0, 0)));
    }

    @Test
    void lists_without_a_total_or_without_items_are_read_to_their_end() {
        List<String> names = IntStream.range(0, 25)
                .mapToObj("{\"name\":\"g%02d\"}"::formatted)
                .toList();
        // A server that returns at most seven items a page, and omits members that are null
        server.at("/customer_groups", uri -> {
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

        assertThat(table, containsString(row("groups", 25, 25, 0, 0)));
        assertThat(table, containsString(row("customers", 0, 0, 0, 0)));
    }

    @Test
    void missing_values_and_dates_without_a_time_are_accepted() {
        server.at("/customer_groups", Answer.page());
        server.at(
                "/customers",
                Answer.page(
                        "{\"name\":\"a\",\"groupName\":null,\"regDate\":\"2020-01-02\",\"city\":\"\",\"referenceId\":\"\"}"));

        importAll();

        assertEquals("a||2020-01-02 00:00:00||", stored("a"));
    }

    @Test
    void existing_groups_and_customers_are_not_changed() {
        server.at("/customer_groups", Answer.page("{\"name\":\"g\"}"));
        server.at(
                "/customers",
                Answer.page("{\"name\":\"a\",\"groupName\":\"g\",\"city\":\"old\"}"),
                Answer.page("{\"name\":\"a\",\"groupName\":\"g\",\"city\":\"old\"}"),
                Answer.page(
                        "{\"name\":\"a\",\"groupName\":\"g\",\"city\":\"new\"}",
                        "{\"name\":\"b\",\"groupName\":\"g\"}"));
        importAll();

        String table = importAll().table(false);

        assertThat(stored("a"), containsString("|old|"));
        assertThat(table, containsString(row("groups", 1, 0, 1, 0)));
        assertThat(table, containsString(row("customers", 2, 1, 1, 0)));
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
        assertThat(report.table(false), containsString(row("groups", 3, 1, 0, 2)));
        assertThat(report.table(false), containsString(row("customers", 10, 2, 0, 8)));
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
        assertThat(table, containsString(row("customers", 2, 2, 0, 0)));
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
        assertThat(table, containsString(row("customers", 2, 2, 0, 0)));
        assertThat(printed(), containsString("Customers without a group cannot be seen there."));
        assertThat(printed(), containsString("Group \"gone\" is gone from the source."));
        assertThat(printed(), containsString("The customers of group \"..\" cannot be read."));
    }

    @Test
    void a_group_that_is_missing_in_the_list_of_groups_is_created_for_its_customers() {
        server.at("/customer_groups", Answer.page());
        server.at("/customers", Answer.page("{\"name\":\"a\",\"groupName\":\"young\"}"));

        String table = importAll().table(false);

        assertThat(stored("a"), startsWith("a|young|"));
        assertThat(table, containsString(row("groups", 0, 1, 0, 0)));
    }

    @Test
    void a_dry_run_reports_what_it_would_do_and_changes_nothing() {
        server.at("/customer_groups", Answer.page("{\"name\":\"g\"}"));
        server.at(
                "/customers",
                Answer.page("{\"name\":\"a\",\"groupName\":\"g\"}", "{\"name\":\"b\",\"groupName\":\"h\"}"));

        String table = importFrom(remote(), true).table(true);

        assertThat(table, containsString("would create"));
        assertThat(table, containsString(row("groups", 1, 2, 0, 0)));
        assertThat(table, containsString(row("customers", 2, 2, 0, 0)));
        assertEquals("0", text("select count(*) from customer_group"));
        assertEquals("0", text("select count(*) from customer"));
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
        server.at("/customer_groups", uri -> {
            if (late[0]) {
                late[0] = false;
                pause(Duration.ofSeconds(3));
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
        SourceException refused = assertThrows(SourceException.class, this::importAll);
        assertThat(refused.getMessage(), containsString("does not answer (java.net.ConnectException"));
    }

    @Test
    void a_refusal_ends_the_import_with_the_message_of_the_server() {
        SourceException refused = assertThrows(
                SourceException.class, () -> importFrom(new RemoteSource(api("wrong", Duration.ZERO), 1000), false));

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

        SourceException refused = assertThrows(SourceException.class, this::importAll);

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
        server.at("/customers", uri -> {
            int offset = Integer.parseInt(uri.getQuery().replaceAll(".*offset=(\\d+).*", "$1"));
            return new Answer(
                    200,
                    "{\"status\":0,\"data\":{\"total\":20,\"items\":[%s]}}"
                            .formatted(String.join(",", List.of(customers).subList(offset, Math.min(20, offset + 5)))));
        });
        long start = System.nanoTime();

        importFrom(new RemoteSource(api("key", Duration.ofMillis(100)), 5), false);

        int requests = server.requests().size();
        assertThat(requests, is(7));
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
        byte[] bytes = file.getBytes(UTF_8);
        byte[] broken = file.replace('\u00ff', '\u0001').getBytes(UTF_8);
        for (int i = 0; i < broken.length; i++) {
            broken[i] = broken[i] == 1 ? (byte) 0xff : broken[i];
        }

        String table = importFrom(new JsonLinesSource(new ByteArrayInputStream(broken), bytes.length, json), false)
                .table(false);

        assertEquals("a last", text("select string_agg(name, ' ' order by name) from customer"));
        assertEquals("g late", text("select string_agg(name, ' ' order by name) from customer_group"));
        assertThat(
                printed().lines().toList(),
                contains(
                        startsWith("refused: line 4: "),
                        startsWith("refused: line 5: There is no member \"custoner\""),
                        startsWith("refused: line 6: There is no member \"group, customer\""),
                        startsWith("refused: line 7: "),
                        startsWith("refused: line 9: ")));
        assertThat(table, containsString("lines without a group or customer: 5"));
        assertThat(table, not(containsString("not imported")));
    }

    private ImportReport importAll() {
        return importFrom(remote(), false);
    }

    private ImportSource remote() {
        return new RemoteSource(api("key", Duration.ZERO), 1000);
    }

    private RemoteApiClient api(String key, Duration interval) {
        RemoteLimits limits = new RemoteLimits(1000, interval, Duration.ofSeconds(2));
        return new RemoteApiClient(URI.create(server.base().toString()), key, limits, json, progress()::printLine);
    }

    private ImportReport importFrom(ImportSource source, boolean dryRun) {
        ImportReport report = new ImportReport(progress());
        source.read(new Importer(target.vendor(VENDOR, dryRun, progress()::printLine), json, report, stop));
        return report;
    }

    private ProgressPrinter progress() {
        return new ProgressPrinter(new PrintStream(printed, true, UTF_8), false, Duration.ofHours(1));
    }

    private String printed() {
        return printed.toString(UTF_8);
    }

    private static String row(String kind, int read, int created, int present, int refused) {
        return "%-12s %13d %13d %13d %13d%n".formatted(kind, read, created, present, refused);
    }

    private static String stored(String customer) {
        return text("select concat_ws('|', c.name, coalesce(g.name, ''), c.reg_date, coalesce(c.city, ''), "
                + "coalesce(c.reference_id, '')) from customer c left join customer_group g "
                + "on g.vendor = c.vendor and g.id = c.group_id where c.name = '" + customer + "' and c.vendor = '"
                + VENDOR + "'");
    }

    private static String text(String select) {
        return Sql.text(select.contains(" where ") ? select : select + " where vendor = '" + VENDOR + "'");
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
