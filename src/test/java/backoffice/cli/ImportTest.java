package backoffice.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.cli.RemoteServer.Answer;
import backoffice.testsupport.Sql;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the command {@code import} writes to its target and reports. */
@QuarkusTest
class ImportTest extends ServerImport {

    @Test
    void groups_and_customers_are_imported_with_all_members_that_have_a_value() {
        groups("{'name':'华东'}");
        customers(
                "{'name':'a','groupName':'华东','regDate':'2020-01-02 03:04:05','city':'上海','referenceId':'r'}",
                "{'name':'b','groupName':'','city':null}",
                "{'name':'c','groupName':null,'regDate':'2020-01-02','city':'','referenceId':''}",
                "{'name':'d','groupName':'not in the list of groups'}");

        assertCounts("customers new: 4, customers read: 4, groups new: 2, groups read: 1", importAll());

        assertEquals("a|华东|2020-01-02 03:04:05|上海|r", stored("a"));
        assertThat(stored("b"), startsWith("b||20"));
        assertEquals("c||2020-01-02 00:00:00||", stored("c"));
        assertThat(stored("d"), startsWith("d|not in the list of groups|"));
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
        assertCounts(
                "customers new: 2, customers read: 10, customers refused with status 1001: 7, customers refused with "
                        + "status 2103: 1, groups new: 1, groups read: 3, groups refused with status 1001: 2",
                report);
    }

    @Tag("slow")
    @Test
    void the_progress_has_the_total_that_a_server_tells_and_none_of_a_file() throws IOException {
        // Given a source and a target that are busy until the next progress is due
        Queue<Answer> first = new ArrayDeque<>(List.of(Answer.busy(5)));
        server.at(
                "/customers", (uri, body) -> first.isEmpty() ? pages(2500, 1000).apply(uri, body) : first.remove());

        importAll();
        target.at("/customers", Answer.busy(5), Answer.PASSED_ON);
        importLines(String.join("", items(0, 2000, "{\"customer\":{\"name\":\"f%d\"}}\n"::formatted))
                .getBytes(UTF_8));

        assertThat(printed(), containsString("\ncustomers read: 1,000 of 2,500\n"));
        assertThat(printed(), containsString("\ncustomers read: 2,000\n"));
    }

    @Test
    void a_file_is_read_line_by_line_and_invalid_lines_are_reported_with_their_number() throws IOException {
        // In ISO 8859-1, the bytes of a byte order mark and one that UTF-8 does not have
        Report report = importLines("""
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
                {"customer":{"name":"last"}}""".getBytes(ISO_8859_1));

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
        assertCounts(
                "customers new: 2, customers read: 3, customers refused with status 1001: 1, groups new: 2, "
                        + "groups read: 2, lines refused with status 1001: 6",
                report);
    }

    private Report importLines(byte[] lines) throws IOException {
        Report report = report();
        new JsonLinesSource(new ByteArrayInputStream(lines), report).read(importer(false, false, report));
        return report;
    }

    @Test
    void a_dry_run_tells_what_is_new_changed_or_invalid_and_changes_nothing() {
        here("{'name':'a','city':'old'}", "{'name':'b'}");
        customers("{'name':'a','city':'new'}", "{'name':'b'}", "{'name':'c','groupName':'g'}", "{'name':'..'}");

        assertCounts(
                "customers already there: 1, customers changed: 1, customers new: 1, customers read: 4, "
                        + "customers refused with status 1001: 1, groups new: 1",
                importFrom(source(), true, true));

        assertEquals("a b", names("customer"));
        assertThat(stored("a"), containsString("|old|"));
    }

    @Test
    void what_the_target_refuses_of_a_batch_is_reported_and_the_rest_is_imported() {
        // Given a target that names the entry of a refusal, and then one that does not
        target.at(
                "/customers",
                (uri, body) -> body.contains("\"b\"")
                        ? Answer.refused(400, 1001, "[1].city: No such city.")
                        : body.contains("\"d\"") ? Answer.refused(400, 1001, "Something is odd.") : Answer.PASSED_ON);
        customers("{'name':'a'}", "{'name':'b'}", "{'name':'c'}", "{'name':'d'}", "{'name':'e'}");

        assertCounts("customers new: 3, customers read: 5, customers refused with status 1001: 2", importAll());

        assertEquals("a c e", names("customer"));
        assertThat(printed(), containsString("refused: customer \"b\": city: No such city. (1001)"));
        assertThat(printed(), containsString("refused: customer \"d\": Something is odd. (1001)"));
    }

    @Test
    void a_batch_that_is_larger_than_a_body_may_be_is_sent_in_parts() {
        String customer = "{'name':'%d','description':'" + "x".repeat(2000) + "'}";
        customers(items(0, 600, customer::formatted));

        assertCounts("customers new: 600, customers read: 600", importAll());
        assertEquals(2, target.requests("POST", "/customers ").size());
    }

    @Tag("slow")
    @Test
    void a_lost_answer_is_asked_for_again_when_an_overloaded_target_has_said_and_nothing_is_done_twice() {
        target.at("/customers", Answer.LOST, Answer.busy(1), Answer.PASSED_ON);
        target.at("/customer_groups", Answer.LOST, Answer.PASSED_ON);
        groups("{'name':'g'}");
        customers("{'name':'a','groupName':'g'}");
        long start = System.nanoTime();

        assertCounts("customers new: 1, customers read: 1, groups new: 1, groups read: 1", importAll());

        // Without Retry-After, the three pauses take 1 s, 1 s and 2 s.
        assertThat(
                System.nanoTime() - start, greaterThan(Duration.ofMillis(4900).toNanos()));
        assertEquals(3, target.requests("POST", "/customers ").size());
        assertEquals("1", Sql.text("select count(*) from stored_response"));
    }

    @Test
    void an_import_that_broke_off_continues_and_changes_nothing_that_is_there() {
        groups("{'name':'g'}");
        server.at("/customers", pages(1500, 1000));
        target.at("/customers", Answer.PASSED_ON, Answer.refused(401, 1102, "revoked"));
        assertThrows(CommandException.class, this::importAll);
        target.at("/customers", Answer.PASSED_ON);
        api.patch("/customers", "[{\"name\":\"c0000\",\"city\":\"changed\"}]");

        assertCounts(
                "customers already there: 1,000, customers new: 500, customers read: 1,500, groups already there: 1, "
                        + "groups read: 1",
                importAll());
        assertThat(stored("c0000"), containsString("|changed|"));
    }

    @Test
    void what_was_deleted_since_an_import_is_imported_again() {
        customers("{'name':'a'}", "{'name':'b'}");
        importAll();
        api.delete("/customers/a");
        api.delete("/customers/b");

        assertCounts("customers new: 2, customers read: 2", importAll());
        assertEquals("a b", names("customer"));
    }

    @Test
    void an_exported_item_has_its_members_in_the_order_of_the_api_and_loses_none() {
        JsonNode item =
                ItemKind.JSON.parse("{\"new\":1,\"city\":\"x\",\"name\":\"a\",\"groupName\":null}".getBytes(UTF_8));

        assertEquals(
                "{\"customer\":{\"name\":\"a\",\"groupName\":null,\"city\":\"x\",\"new\":1}}",
                ItemKind.CUSTOMER.line(item));
    }
}
