package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PatroniCluster;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RowCountCheck;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A failover of PostgreSQL under load. No answered change is lost, and the service continues without a restart.
 * {@code -Dfailover.rounds=20} runs more rounds. The log has the time without answers of each one.
 */
@Tag("slow")
@EnabledIf(
        value = "backoffice.testsupport.PatroniCluster#isInstalled",
        disabledReason = "Patroni, etcd, HAProxy or PostgreSQL is not installed")
@TestInstance(Lifecycle.PER_CLASS)
class FailoverIT {

    private static final Logger LOG = Logger.getLogger(FailoverIT.class);
    private static final String KEY = "failover-key";
    private static final int ROUNDS = Integer.getInteger("failover.rounds", 1);
    private static final long LOAD_MILLIS = 1000;
    private static final long PROMISED_MILLIS_TO_RESUME = 1000;

    private final int port = Ports.free();

    @AutoClose
    private PatroniCluster cluster;

    @AutoClose
    private Running service;

    @BeforeAll
    void start() throws Exception {
        cluster = new PatroniCluster();
        cluster.start();
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

    @Test
    void a_killed_primary_loses_no_answered_change() throws Exception {
        assertNoAnsweredChangeIsLost("killed", cluster::killPrimary, () -> {});
    }

    @Test
    void a_switchover_loses_no_answered_change() throws Exception {
        assertNoAnsweredChangeIsLost("switched over", cluster::switchOver, () -> {});
    }

    @Test
    void a_primary_that_is_cut_off_the_network_loses_no_answered_change() throws Exception {
        assumeTrue(cluster.canCutOff(), "Network namespaces need root and the program ip");
        assertNoAnsweredChangeIsLost("cut off", cluster::cutOffPrimary, cluster::reconnect);
    }

    private void assertNoAnsweredChangeIsLost(String event, Step failover, Step repair) throws Exception {
        // Given a healthy cluster and callers that create customers
        cluster.awaitHealthy();
        cluster.execute("truncate customer, customer_group, stored_response");
        LoadGenerator load = new LoadGenerator(port, KEY);
        try (load) {
            load.await(200, System.nanoTime());
            for (int round = 0; round < ROUNDS; round++) {
                long start = System.nanoTime();
                Thread.sleep(LOAD_MILLIS);

                // When another primary takes over
                try {
                    failover.run();

                    // Then calls succeed
                    assertResumes(load);
                } finally {
                    repair.run();
                }
                LOG.infof("%s: %d ms without answers", event, load.longestPauseMillis(start));
                cluster.awaitHealthy();
            }
        }

        // Then each change that was answered is there, and all others can be sent again
        load.assertNoneLostOrPartial(cluster::number);
        long calls = load.retryFailedCalls();
        assertEquals(LoadGenerator.BATCHES.size() * calls, cluster.number("select count(*) from customer"));
        assertEquals(0, cluster.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    private interface Step {
        void run() throws Exception;
    }

    /** Calls that begin after the new primary takes changes succeed within a second. */
    private static void assertResumes(LoadGenerator load) throws InterruptedException {
        long now = System.nanoTime();
        assertThat((load.await(200, now).endNanos() - now) / 1_000_000, lessThan(PROMISED_MILLIS_TO_RESUME));
    }
}
