package backoffice.persistence;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.Sql;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Which far pages take turns with other expensive statements, see docs/adr/0034. {@link FarPagesIT} reads their content. */
@QuarkusTest
class FarPagesTest extends ApiTest {

    /** One less than all expensive statements at once. */
    private static final int SHARE = 2;

    private static final String LOCK = "lock table customer in access exclusive mode";
    private static final String GROUPS = "insert into customer_group (vendor, name)"
            + " select 'acme', 'g' || i from generate_series(10001, 14000) i";

    @Inject
    MeterRegistry meters;

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(2 * SHARE);

    @Test
    void far_pages_that_no_cursor_leads_to_take_turns() {
        Sql.duringTransaction(LOCK, () -> {
            for (int i = 0; i < 2 * SHARE; i++) {
                threads.execute(() -> api.get("/customers?offset=900000"));
            }

            awaitExpensive("waiting.calls", SHARE);
            assertEquals(SHARE, expensive("held"));
        });
    }

    @Test
    void a_page_near_a_cursor_takes_no_turn_until_its_list_changes() {
        // Given a cursor, and a vendor that holds its share of expensive statements
        Sql.execute(GROUPS);
        api.get("/customer_groups?offset=3000").statusCode(200);
        Sql.duringTransaction(LOCK, () -> {
            for (int i = 0; i < SHARE; i++) {
                threads.execute(() -> api.get("/customers?offset=900000"));
            }
            awaitExpensive("held", SHARE);

            // When it reads a page near the cursor, then the page takes no turn
            api.get("/customer_groups?offset=3900&limit=1").statusCode(200).body("data.items[0].name", is("g13901"));

            // When the list changes, then the page starts at the start of the list, so it waits
            Sql.execute("insert into customer_group (vendor, name) values ('acme', 'a new first one')");
            threads.execute(() -> api.get("/customer_groups?offset=3900&limit=1"));
            awaitExpensive("waiting.calls", 1);
        });
    }

    @Test
    void far_pages_of_rows_that_were_written_without_triggers_are_read_again_and_again() {
        Sql.execute("set session_replication_role = replica; delete from row_count; " + GROUPS);

        for (int i = 0; i < 3; i++) {
            api.get("/customer_groups?offset=3999").statusCode(200).body("data.items[0].name", is("g14000"));
        }
    }

    private void awaitExpensive(String meter, int value) {
        Await.until(
                Duration.ofSeconds(10),
                () -> expensive(meter) == value,
                () -> "%s of expensive statements is %s".formatted(meter, expensive(meter)));
    }

    private double expensive(String meter) {
        Gauge gauge = meters.find("backoffice.bulkhead." + meter)
                .tags("resource", "expensive statements", "vendor", "acme")
                .gauge();
        return gauge == null ? 0 : gauge.value();
    }
}
