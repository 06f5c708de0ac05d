package backoffice.docs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.PostgresResource;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The erasure of a person, and the deletion of a vendor, do what the docs say. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class PersonalDataTest extends ApiTest {

    private static final String TRACE = "Wáng";
    private static final String PERSON = TRACE + "\"42";

    /** All rows of all tables, and the statistics, which have texts of rows. */
    private static final String DUMP = """
            psql --no-psqlrc --quiet --tuples-only "$QUARKUS_DATASOURCE_REACTIVE_URL" <<'SQL'
            select format('select %L, row_to_json(t) from %I t order by 2::text', relname, relname) from pg_class
            where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname \\gexec
            select 'stored response', convert_from(response, 'UTF8') from stored_response where get_byte(response, 0) = 123 order by 2;
            select 'statistics', tablename, most_common_vals, histogram_bounds from pg_stats where schemaname = 'public' order by 2, 3::text;
            SQL
            """;

    /** The commands of the page: one that rehearses an erasure, and one that does it. */
    private static final List<String> ERASURE = Commands.ofPersonalData().get(0).commands().stream()
            .map(Shell.Command::text)
            .toList();

    @BeforeAll
    static void programs() {
        Bash.require("psql", "base64", "gzip");
    }

    @Test
    void an_erasure_leaves_no_trace_of_a_person_and_a_rehearsal_changes_nothing() {
        // Given a person in customers, row counts, statistics, the history, and stored responses of which one is
        // compressed
        String name = "{\"name\":\"" + TRACE + "\\\"42\"";
        createGroups("g");
        api.with("x-bit-req-id", "plain").post("/customers", "[" + name + ",\"groupName\":\"g\",\"city\":\"Wuhan\"}]");
        String customer = "{\"name\":\"c%d\",\"groupName\":\"g\",\"description\":\"\\\\" + "\\n客户".repeat(100) + "\"}";
        String batch = Api.batch(0, 200, customer::formatted);
        api.with("x-bit-req-id", "compressed")
                .post("/customers", "[" + name + "}," + batch.substring(1))
                .statusCode(200);
        api.with("x-bit-req-id", "other")
                .post("/customers", batch.replace("\"c", "\"d"))
                .statusCode(200);
        api.post("/customers", "[{\"name\":\"acme\",\"contact\":" + name.substring(8) + "}]")
                .statusCode(200);
        Sql.execute("update customer set name = 'renamed' where group_id is null and name = '" + PERSON + "'");
        api.post("/customers", "[" + name + "}]").statusCode(200);
        Sql.execute("""
                delete from row_count;
                insert into row_count (vendor, list, group_id, first_name, slot, rows, is_whole_list)
                select c.vendor, list, coalesce(of_group, 0), first_name, 7, count(*), false
                from customer c, lateral (values ('customers', null), ('members', group_id)) l (list, of_group),
                    lateral (select case when name < 'Wáng"42' then '' else 'Wáng"42' end) r (first_name)
                where list = 'customers' or of_group is not null group by c.vendor, list, of_group, first_name;
                insert into row_count (vendor, list, group_id, slot, rows) values ('acme', 'groups', 0, 7, 1);
                analyze
                """);
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
        String before = output(DUMP);
        for (String place : List.of("customer ", "history ", "row_count ", "stored response ", "statistics ")) {
            assertTrue(before.lines().anyMatch(line -> line.startsWith(" " + place) && line.contains(TRACE)), place);
        }

        // When
        String rehearsed = erase(0, PERSON);
        String between = output(DUMP);
        String erased = erase(1, PERSON);

        // Then
        assertEquals(rows(before), rows(between));
        assertThat(rehearsed, containsString("compressed"));
        assertThat(erased, containsString("compressed"));
        assertThat(output(DUMP), not(containsString(TRACE)));
        assertEquals("other", Sql.text("select string_agg(idempotency_key, ' ') from stored_response"));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
        assertEquals(402, (int) api.get("/customers?limit=1").extract().path("data.total"));
        assertEquals("renamed", api.get("/customers?offset=401").extract().path("data.items[0].name"));
    }

    @Test
    void an_erasure_leaves_other_people_other_vendors_and_groups_and_names_texts_that_contain_the_name() {
        // Given others with a similar or the same name
        createGroups("Zhang");
        api.with("x-bit-req-id", "similar").post("/customers", """
                [{"name":"Zhangs"},{"name":"a","groupName":"Zhang","description":"calls ZHANG"}]""");
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"Zhang\"}]");
        String before = output(DUMP);

        // When
        String erased = erase(1, "Zhang");

        // Then
        assertEquals(rows(before), rows(output(DUMP)));
        for (String left : List.of("customer_group  | name   | Zhang", "Zhangs", "calls ZHANG")) {
            assertThat(erased.replaceAll(" +", " "), containsString(left.replaceAll(" +", " ")));
        }

        // When nothing else has the name any more, then changes of the group go too
        api.patch("/customer_groups/Zhang", "{\"name\":\"g\"}").statusCode(200);
        erase(1, "Zhang");
        assertEquals(
                0,
                Sql.number("select count(*) from history where vendor = 'acme'"
                        + " and concat(before, after) like '%\"Zhang\"%'"));
    }

    @Test
    void an_erasure_takes_what_calls_have_stored_since_it_began() {
        // Given an erasure that waits for a call which changes the customer
        createGroups("g");
        api.post("/customers", "[{\"name\":\"Zhang\",\"groupName\":\"g\"}]").statusCode(200);
        CompletableFuture<String> erasure = new CompletableFuture<>();
        Sql.duringTransaction("select from customer for update", () -> {
            erasure.completeAsync(() -> erase(1, "Zhang"), Threads.NEW);
            Sql.awaitLockWaits(1);

            // When calls store a compressed response and another one
            String customers = Api.batch(
                    0,
                    200,
                    ("{\"name\":\"c%d\",\"contact\":\"Zhang\",\"description\":\"" + "x".repeat(300) + "\"}")
                            ::formatted);
            api.with("x-bit-req-id", "compressed").post("/customers", customers).statusCode(200);
            api.with("x-bit-req-id", "plain")
                    .post("/customers", "[{\"name\":\"d\",\"contact\":\"Zhang\"}]")
                    .statusCode(200);
        });
        erasure.join();

        // Then neither names the person, and no customer does
        assertEquals(0, Sql.number("select count(*) from stored_response"));
        assertEquals(0, Sql.number("select count(*) from customer where 'Zhang' in (name, contact)"));
    }

    @Test
    void an_erasure_fails_when_a_call_has_named_the_person_again_meanwhile() {
        CompletableFuture<String> erasure = new CompletableFuture<>();
        Sql.duringTransaction("lock table stored_response", () -> {
            erasure.completeAsync(() -> output(command(1, "Zhang") + " 2>&1 || echo failed"), Threads.NEW);
            Sql.awaitLockWaits(1);

            Sql.execute("insert into customer (vendor, name, contact, reg_date) values ('acme', 'a', 'Zhang', now())");
        });

        assertThat(
                erasure.join(), allOf(containsString("A call has written this text again"), containsString("failed")));
        assertThat(erase(1, "Zhang"), containsString("members of customer"));
    }

    @Test
    void an_erasure_takes_the_changes_that_a_customer_had_under_former_names() {
        // Given a customer with a new name, one that was deleted with it, and one whose contact had it
        api.post("/customers", """
                        [{"name":"Former","city":"Wuhan"},{"name":"Gone","city":"Jinan"},{"name":"firm","contact":"Zhang"}]""").statusCode(200);
        api.patch("/customers", "[{\"name\":\"Gone\",\"newName\":\"Zhang\"}]").statusCode(200);
        api.delete("/customers", "[{\"name\":\"Zhang\"}]").statusCode(200);
        api.patch("/customers", "[{\"name\":\"Former\",\"newName\":\"Zhang\"},{\"name\":\"firm\",\"contact\":\"Li\"}]")
                .statusCode(200);
        api.patch("/customers", "[{\"name\":\"firm\",\"city\":\"Lhasa\"}]").statusCode(200);

        // When
        String erased = erase(1, "Zhang");

        // Then
        assertEquals(
                "Lhasa",
                Sql.text("select string_agg(coalesce(after ->> 'city', after ->> 'name'), ' ') from history"
                        + " where vendor = 'acme'"));
        assertThat(erased, allOf(containsString("| Former"), containsString("| Gone")));
    }

    @Test
    void a_vendor_is_deleted_with_all_its_rows_and_no_others() {
        for (String vendor : List.of(Vendors.ACME, Vendors.GLOBEX)) {
            Api.as(vendor).with("x-bit-req-id", "a").post("/customer_groups", "{\"name\":\"g\"}");
            Api.as(vendor).post("/customers", "[{\"name\":\"a\",\"groupName\":\"g\"},{\"name\":\"b\"}]");
        }
        List<String> tables = List.of("customer", "customer_group", "history", "stored_response", "row_count");
        String rows = tables.stream()
                .map("(select count(*) from %s where vendor = '%%1$s')"::formatted)
                .collect(Collectors.joining(", ", "select concat_ws(' ', ", ")"));
        String others = Sql.text(rows.formatted("globex"));

        Sql.execute(SqlByHandTest.ofOperating("delete from bitkey"));

        assertEquals("0 0 0 0 0", Sql.text(rows.formatted("acme")));
        assertEquals(others, Sql.text(rows.formatted("globex")));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    /** The rows, without the statistics, which a vacuum brings up to date. */
    private static List<String> rows(String dump) {
        return dump.lines().filter(line -> !line.startsWith(" statistics ")).toList();
    }

    private static String erase(int command, String person) {
        return output(command(command, person));
    }

    private static String command(int command, String person) {
        return ERASURE.get(command)
                .replace("person=Zhang", "person='" + person + "'")
                .replaceFirst("customer_groups$", "\"\\$QUARKUS_DATASOURCE_REACTIVE_URL\"");
    }

    private static String output(String script) {
        return Bash.output(
                "export PGUSER=$QUARKUS_DATASOURCE_USERNAME PGPASSWORD=$QUARKUS_DATASOURCE_PASSWORD\n" + script,
                PostgresResource.environment());
    }
}
