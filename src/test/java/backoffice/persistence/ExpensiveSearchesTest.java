package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/adr/0034: few searches run at once that can read many rows, whatever they find. */
@Tag("slow")
@QuarkusTest
class ExpensiveSearchesTest extends ApiTest {

    /** How many of the expensive statements one vendor can run at once. */
    private static final int SHARE = 2;

    private static final int CLIENTS = 6;
    private static final int MANY = 30_000;

    /** For so long, the service may think that the vendor has few rows. */
    private static final Duration KNOWN = Duration.ofMillis(2100);

    @Inject
    MeterRegistry meters;

    private final Api acme = Api.as(Vendors.ACME);
    private final Api globex = Api.as(Vendors.GLOBEX);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);

    @BeforeEach
    void many_rows_of_acme() {
        Sql.execute(
                "delete from row_count where slot = 64; insert into row_count (vendor, list, group_id, slot, rows, version)"
                        + " select 'acme', list, 0, 64, " + MANY
                        + ", 1 from unnest(array['groups', 'customers']) list");
        Await.sleep(KNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'querys':[{'name':'name','op':'between','values':['','\\uDBFF\\uDFFF']},"
                        + "{'name':'name','op':'like','values':['%x%']}]",
                "'querys':[{'name':'regDate','op':'between','values':['0001-01-01','9999-12-31']},"
                        + "{'name':'name','op':'like','values':['%x%']}]",
                "'querys':[{'name':'name','op':'like','values':['c%x%']}]",
                "'querys':[{'name':'name','op':'like','values':['c%']}]",
                "'querys':[{'name':'name','op':'like','values':['%']}]",
                "'querys':[{'name':'name','values':['c']}]",
                "'querys':[{'name':'groupName','values':['g']},{'name':'name','op':'like','values':['%x%']}]",
                "'querys':[{'name':'referenceId','values':['r']}],'sorts':[{'name':'groupName'}]",
                "'sorts':[{'name':'regDate'}]"
            })
    void a_search_that_can_read_many_rows_waits_for_its_turn(String search) {
        whileCustomersAreLocked(acme, search, () -> {
            Await.until(
                    Duration.ofSeconds(10),
                    () -> expensive("acme", "waiting.calls") == CLIENTS - SHARE,
                    () -> expensive("acme", "waiting.calls") + " searches wait");
            assertEquals(SHARE, expensive("acme", "held"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"'querys':[{'name':'referenceId','op':'in','values':['r','s']}]", "'querys':[]"})
    void a_search_that_reads_few_of_many_rows_does_not_wait(String search) {
        whileCustomersAreLocked(acme, search, () -> {
            Sql.awaitLockWaits(CLIENTS);
            assertEquals(0, expensive("acme", "held"));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'querys':[{'name':'name','op':'like','values':['%x%']}]", "'sorts':[{'name':'groupName'}]"})
    void no_search_of_a_vendor_with_few_rows_waits(String search) {
        // Given a first search, with which the service asks for the number of rows
        post(globex, search);
        Sql.awaitAllIdle();

        whileCustomersAreLocked(globex, search, () -> {
            Sql.awaitLockWaits(CLIENTS);
            assertEquals(0, expensive("globex", "held"));
        });
    }

    private void whileCustomersAreLocked(Api vendor, String search, Runnable check) {
        Sql.duringTransaction("lock table customer in access exclusive mode", () -> {
            for (int i = 0; i < CLIENTS; i++) {
                threads.execute(() -> post(vendor, search));
            }
            check.run();
        });
        Sql.awaitAllIdle();
    }

    private static void post(Api vendor, String search) {
        vendor.post("/customers/data", "{" + search.replace('\'', '"') + "}");
    }

    private double expensive(String vendor, String meter) {
        Gauge gauge = meters.find("backoffice.bulkhead." + meter)
                .tags("resource", "expensive statements", "vendor", vendor)
                .gauge();
        return gauge == null ? 0 : gauge.value();
    }
}
