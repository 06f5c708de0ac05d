package backoffice.persistence;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.LogListener;
import backoffice.testsupport.Management;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * docs/adr/0034 and docs/operating.md, section "Several vendors": what the calls of one vendor leave to the others, and which
 * searches and far pages take turns. {@code FarPagesIT} reads the content of far pages.
 */
@QuarkusTest
class VendorSharesTest extends ApiTest {

    /** Three quarters of the 15 connections that calls have each for itself. */
    private static final int SHARE_OF_CONNECTIONS = 11;

    /** Three quarters of the 16 short reads at once on each of four connections. */
    private static final int SHARE_OF_SHORT_READS = 48;

    /** How many of the expensive statements one vendor can run at once. There is one more. */
    private static final int SHARE = 2;

    private static final int CLIENTS = 6;
    private static final int MORE = 25;

    private static final String LOCK = "lock table customer in access exclusive mode";
    private static final String GROUPS = "insert into customer_group (vendor, name)"
            + " select 'acme', 'g' || i from generate_series(10001, 14000) i";

    /** No alert about an outage counts it. */
    private static final String REFUSED_AT_SHARE =
            "backoffice_calls_total{call=\"GET /customers\",status=\"5001 at share\",vendor=\"acme\"}";

    /** Whether the service knows the many rows, which stay the same. */
    private static boolean isKnown;

    private final Api globex = Api.as(Vendors.GLOBEX);

    @AutoClose
    private final LogListener log = new LogListener("backoffice.persistence");

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @Test
    void a_vendor_whose_calls_hang_in_the_database_leaves_connections_to_the_others() {
        // Given changes of a vendor that wait for a lock, more than there are connections
        createGroups("x");
        Sql.duringTransaction("select 1 from customer_group where vendor = 'acme' for update", () -> {
            send(SHARE_OF_CONNECTIONS + MORE, () -> api.patch("/customer_groups/x", "{\"name\":\"x\"}"));
            awaitShare("connections", "acme", SHARE_OF_CONNECTIONS, MORE);
            Sql.awaitLockWaits(SHARE_OF_CONNECTIONS);

            // When another vendor calls, then it gets its answer
            globex.post("/customer_groups", "{\"name\":\"y\"}").statusCode(200);
            globex.get("/customers").statusCode(200);
        });
    }

    @Tag("slow")
    @Test
    void a_call_beyond_the_share_of_its_vendor_is_told_so_and_neither_log_nor_metrics_blame_the_database() {
        // Given a vendor whose calls hold its share of the connections
        double before = Management.metric(REFUSED_AT_SHARE);
        createGroups("x");
        Sql.duringTransaction("select 1 from customer_group where vendor = 'acme' for update", () -> {
            send(SHARE_OF_CONNECTIONS, () -> api.patch("/customer_groups/x", "{\"name\":\"x\"}"));
            Sql.awaitLockWaits(SHARE_OF_CONNECTIONS);

            // When it calls once more, then the message names the share
            api.get("/customers")
                    .statusCode(503)
                    .body("status", is(5001))
                    .body("msg", containsString("share of the service"));
        });

        assertThat(
                log.messages(Level.INFO),
                contains(matchesPattern(
                        "A share or the memory is used up.*vendor acme waits too long for connections.*")));
        Management.await(REFUSED_AT_SHARE, before + 1);
    }

    @Test
    void a_vendor_with_many_short_reads_leaves_room_on_the_shared_connections() {
        // Given reads of a vendor that hang, more than are sent at once
        Sql.duringTransaction("lock table customer_group in access exclusive mode", () -> {
            send(SHARE_OF_SHORT_READS + MORE, () -> api.get("/customer_groups/x"));

            // Then a quarter of the reads that are sent at once is left to the others, and the rest waits
            awaitShare("short reads", "acme", SHARE_OF_SHORT_READS, MORE);
        });
    }

    @Test
    void large_pages_of_a_vendor_take_turns_and_leave_small_ones_and_other_vendors_alone() {
        // Given translated statements, and large pages that hang, more than PostgreSQL reads at once
        api.get("/customers?limit=1000");
        api.get("/customer_groups?limit=1000");
        int turns = Math.max(2, Runtime.getRuntime().availableProcessors()) / 2;
        Sql.duringTransaction(LOCK, () -> {
            send(turns + 1, () -> api.get("/customers?limit=1000"));
            awaitShare("large pages", "acme", turns, 1);

            // When there are other pages, then they wait for the lock alone
            threads.execute(() -> api.get("/customers?limit=100"));
            threads.execute(() -> globex.get("/customers?limit=1000"));
            Sql.awaitLockWaits(turns + 2);
            api.get("/customer_groups?limit=1000").statusCode(200);
        });
    }

    @Test
    void far_pages_of_searches_take_turns_and_those_of_whole_lists_take_none() {
        // Given a translation of the search, and a vendor that holds its share of expensive statements
        Sql.execute(GROUPS);
        Runnable search = () -> api.post("/customers/data?offset=900000", "{\"sorts\":[{\"name\":\"regDate\"}]}");
        search.run();
        Sql.duringTransaction(LOCK, () -> {
            send(2 * SHARE, search);
            awaitShare("expensive statements", "acme", SHARE, SHARE);

            // When it reads a far page of a whole list, then the page takes no turn
            api.get("/customer_groups?offset=3900&limit=1").statusCode(200).body("data.items[0].name", is("g13901"));
        });
    }

    @Test
    void far_pages_of_rows_that_were_written_without_triggers_are_read_again_and_again() {
        Sql.execute("set session_replication_role = replica; delete from row_count; " + GROUPS);

        for (int i = 0; i < 3; i++) {
            api.get("/customer_groups?offset=3999").statusCode(200).body("data.items[0].name", is("g14000"));
        }
    }

    @Test
    void a_search_in_a_new_form_waits_for_no_search_of_others_that_hangs() {
        // Given searches of two vendors in forms that are new, which hang in the database
        Sql.duringTransaction(LOCK, () -> {
            for (int i = 1; i <= 3; i++) {
                String conditions = String.join(
                        ",", Collections.nCopies(20 + i, "{'name':'referenceId','op':'in','values':['a','b']}"));
                Api vendor = i == 1 ? globex : api;
                threads.execute(() -> post(vendor, "'querys':[" + conditions + "]"));
            }
            Sql.awaitLockWaits(3);

            // When another search in a new form reads another table, then it has its answer
            String conditions =
                    String.join(",", Collections.nCopies(21, "{\"name\":\"name\",\"op\":\">\",\"values\":[\"a\"]}"));
            globex.post("/customer_groups/data", "{\"querys\":[" + conditions + "]}")
                    .statusCode(200);
        });
        Sql.awaitAllIdle();
    }

    /** acme has many rows, globex has a hundred, and one of them sends the search. */
    @Tag("slow")
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            acme   | waits | 'querys':[{'name':'name','op':'between','values':['','\\uDBFF\\uDFFF']},{'name':'name','op':'like','values':['%x%']}]
            acme   | waits | 'querys':[{'name':'regDate','op':'between','values':['0001-01-01','9999-12-31']},{'name':'name','op':'like','values':['%x%']}]
            acme   | waits | 'querys':[{'name':'name','op':'like','values':['c%x%']}]
            acme   | waits | 'querys':[{'name':'name','op':'like','values':['c%']}],'sorts':[{'name':'regDate'}]
            acme   | waits | 'querys':[{'name':'name','op':'like','values':['%']}]
            acme   | waits | 'querys':[{'name':'any','op':'contains','values':['x']}]
            acme   | runs  | 'querys':[{'name':'name','values':['c']}]
            acme   | waits | 'querys':[{'name':'groupName','values':['g']},{'name':'name','op':'like','values':['%x%']}]
            acme   | waits | 'querys':[{'name':'referenceId','values':['r']}],'sorts':[{'name':'groupName'}]
            acme   | waits | 'sorts':[{'name':'regDate'}]
            acme   | runs  | 'querys':[{'name':'referenceId','op':'in','values':['r','s']}]
            acme   | runs  | 'querys':[{'name':'name','op':'like','values':['c%']}]
            acme   | runs  | 'querys':[{'name':'name','op':'>=','values':['c']}]
            acme   | runs  | 'querys':[]
            globex | runs  | 'querys':[{'name':'name','op':'like','values':['%x%']}]
            globex | runs  | 'sorts':[{'name':'groupName'}]
            globex | waits | 'querys':[{'name':'name','op':'like','values':[THOUSAND_PATTERNS]}]
            """)
    void a_search_that_can_read_many_rows_waits_for_its_turn(String vendor, String outcome, String search) {
        Api caller = vendor.equals("acme") ? api : globex;
        // Given a first search, which translates its form, and with which the service asks for the number of rows
        Sql.execute("delete from row_count where slot = 64;"
                + " insert into row_count (vendor, list, group_id, slot, rows)"
                + " select vendor, list, 0, 64, rows from unnest(array['groups', 'customers']) list,"
                + " (values ('acme', 30000), ('globex', 50)) vendors (vendor, rows)");
        post(caller, search);
        // That acme has many rows is true in all cases. That globex has few is known for two seconds after a search.
        if (!isKnown || vendor.equals("globex") || outcome.equals("runs")) {
            Await.sleep(Duration.ofMillis(2100));
            post(caller, search);
            isKnown = true;
        }
        Sql.awaitAllIdle();

        Sql.duringTransaction(LOCK, () -> {
            send(CLIENTS, () -> post(caller, search));
            int running = outcome.equals("waits") ? SHARE : CLIENTS;
            Sql.awaitLockWaits(running);
            awaitShare("expensive statements", vendor, outcome.equals("waits") ? SHARE : 0, CLIENTS - running);
        });
        Sql.awaitAllIdle();
    }

    private static void post(Api vendor, String search) {
        String patterns =
                IntStream.range(0, 1000).mapToObj(i -> "'%x" + i + "%'").collect(joining(","));
        String members = search.replace("THOUSAND_PATTERNS", patterns).replace('\'', '"');
        vendor.post("/customers/data", "{" + members + "}");
    }

    /** Sends calls at the same time, whose answers do not matter. */
    private void send(int times, Runnable call) {
        Collections.nCopies(times, call).forEach(threads::execute);
    }

    /** Waits for the number of calls that wait for a resource, and looks how much of it the vendor holds then. */
    private static void awaitShare(String resource, String vendor, int held, int waiting) {
        String labels = "{resource=\"%s\",vendor=\"%s\"}".formatted(resource, vendor);
        Management.await("backoffice_bulkhead_waiting_calls" + labels, waiting);
        assertEquals(held, Management.metric("backoffice_bulkhead_held" + labels));
    }
}
