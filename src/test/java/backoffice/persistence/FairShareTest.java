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
import org.junit.jupiter.api.Test;

/** docs/operating.md, section "Several vendors": what the calls of one vendor leave to the others. */
@QuarkusTest
class FairShareTest extends ApiTest {

    /** Three quarters of the 15 connections that calls have each for itself. */
    private static final int SHARE = 11;

    private static final int MORE_THAN_THE_CONNECTIONS = 40;

    /** Three quarters of the 16 short reads at once on each of four connections. */
    private static final int SHARE_OF_SHORT_READS = 48;

    private static final int MORE_THAN_THE_SHORT_READS = 70;

    @Inject
    MeterRegistry meters;

    private final Api acme = Api.as(Vendors.ACME);
    private final Api globex = Api.as(Vendors.GLOBEX);

    @AutoClose("shutdownNow")
    private final ExecutorService threads = Executors.newFixedThreadPool(MORE_THAN_THE_SHORT_READS);

    @Test
    void a_vendor_whose_calls_hang_in_the_database_leaves_connections_to_the_others() {
        // Given changes of a vendor that wait for a lock, more than there are connections
        acme.post("/customer_groups", "{\"name\":\"x\"}").statusCode(200);
        Sql.duringTransaction("select 1 from customer_group where vendor = 'acme' for update", () -> {
            for (int i = 0; i < MORE_THAN_THE_CONNECTIONS; i++) {
                threads.execute(() -> acme.patch("/customer_groups/x", "{\"name\":\"x\"}"));
            }
            Sql.awaitLockWaits(SHARE);

            // When another vendor calls, then it gets its answer, and no further change has a connection
            globex.post("/customer_groups", "{\"name\":\"y\"}").statusCode(200);
            globex.get("/customers").statusCode(200);
            Sql.awaitLockWaits(SHARE);
        });
    }

    @Test
    void a_vendor_with_many_short_reads_leaves_room_on_the_shared_connections() {
        // Given reads of a vendor that hang, more than are sent at once
        Sql.duringTransaction("lock table customer_group in access exclusive mode", () -> {
            for (int i = 0; i < MORE_THAN_THE_SHORT_READS; i++) {
                threads.execute(() -> acme.get("/customer_groups/x"));
            }

            // Then a quarter of the reads that are sent at once is left to the others, and the rest waits
            Await.until(
                    Duration.ofSeconds(10),
                    () -> shortReads("waiting.calls") == MORE_THAN_THE_SHORT_READS - SHARE_OF_SHORT_READS,
                    () -> shortReads("waiting.calls") + " reads wait");
            assertEquals(SHARE_OF_SHORT_READS, shortReads("held"));
        });
    }

    private double shortReads(String meter) {
        Gauge gauge = meters.find("backoffice.bulkhead." + meter)
                .tags("resource", "short reads", "vendor", "acme")
                .gauge();
        return gauge == null ? 0 : gauge.value();
    }
}
