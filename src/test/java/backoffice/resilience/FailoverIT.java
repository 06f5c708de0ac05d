package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PatroniCluster;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RowCountCheck;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A failover of PostgreSQL under load. No answered change is lost, and the service continues without a restart.
 * {@code -Dfailover.rounds=20} runs more rounds.
 */
@Tag("slow")
@EnabledIf(
        value = "backoffice.testsupport.PatroniCluster#isInstalled",
        disabledReason = "Patroni, etcd, HAProxy or PostgreSQL is not installed")
@TestInstance(Lifecycle.PER_CLASS)
class FailoverIT {

    private static final String KEY = "failover-key";
    private static final int ROUNDS = Integer.getInteger("failover.rounds", 1);
    private static final long LOAD_MILLIS = 1000;
    private static final long PROMISED_MILLIS_TO_RESUME = 1000;

    private final int port = Ports.free();
    private PatroniCluster cluster;
    private Running service;

    @BeforeAll
    void start() throws Exception {
        cluster = new PatroniCluster();
        service = PackagedApplication.start(
                port,
                Ports.free(),
                Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        cluster.url(),
                        "QUARKUS_DATASOURCE_USERNAME",
                        "postgres",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "postgres",
                        "BACKOFFICE_BITKEYS_FAILOVER",
                        KEY));
        service.awaitListening();
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
        cluster.close();
    }

    @Test
    void a_killed_primary_and_a_switchover_lose_no_answered_change() throws Exception {
        // Given callers that create customers
        LoadGenerator load = new LoadGenerator(port, KEY);
        try (load) {
            load.await(200, System.nanoTime());
            for (int round = 0; round < ROUNDS; round++) {
                // When the primary is killed, and when another one takes over as planned
                Thread.sleep(LOAD_MILLIS);
                cluster.killPrimary();
                assertResumes(load);
                cluster.awaitHealthy();
                cluster.switchOver();
                assertResumes(load);
                cluster.awaitHealthy();
            }
        }

        // Then each change that was answered is there, and all others can be sent again
        load.assertNoneLostOrPartial(cluster::number);
        long calls = load.retryFailedCalls();
        assertEquals(LoadGenerator.BATCHES.size() * calls, cluster.number("select count(*) from customer"));
        assertEquals(0, cluster.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    /** Calls that begin after the new primary takes changes succeed within a second. */
    private static void assertResumes(LoadGenerator load) throws InterruptedException {
        long now = System.nanoTime();
        assertThat((load.await(200, now).endNanos() - now) / 1_000_000, lessThan(PROMISED_MILLIS_TO_RESUME));
    }
}
