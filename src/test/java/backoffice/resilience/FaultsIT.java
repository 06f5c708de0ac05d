package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.resilience.Ledger.Entry;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.RowCountSums;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The worst moments, under load: what was answered with 0 is there afterwards, nothing is there half, nobody waits in
 * vain, and nobody has to restart anything. More rounds of each with {@code -Dfaults.rounds=20}.
 */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class FaultsIT {

    private static final String KEY = "faults-key";
    private static final int ROUNDS = Integer.getInteger("faults.rounds", 2);
    private static final int CALLS_OF_PRACTICE = 20;
    private static final long MILLIS_OF_A_MOMENT = 500;
    private static final long PROMISED_MILLIS_WITHOUT_DATABASE = 2000;
    private static final long PROMISED_MILLIS_TO_RESUME = 2000;
    private static final long PROMISED_MILLIS = 5000;

    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private PostgresProcess database;
    private Running service;
    private Ledger ledger;
    private long begin;

    @BeforeAll
    void start_database_and_service() throws Exception {
        database = new PostgresProcess();
        service = start();
    }

    @BeforeEach
    void open_an_empty_ledger() throws Exception {
        database.execute("truncate customer, replay");
        ledger = new Ledger(port, KEY);
        // The first calls of a JVM take longer.
        for (int call = 0; call < CALLS_OF_PRACTICE; call++) {
            ledger.await(200, System.nanoTime());
        }
        begin = System.nanoTime();
    }

    @AfterEach
    void close_the_ledger() {
        ledger.close();
    }

    @AfterAll
    void stop() throws IOException {
        service.close();
        database.close();
    }

    @Test
    void a_database_that_is_killed_is_5001_at_once_and_serves_on_when_it_is_back() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            moment();
            database.kill();
            ledger.await(503, System.nanoTime());
            moment();

            database.start();
            assertServesOnSince(System.nanoTime());
        }

        assertEveryAnswerIs(List.of(200, 503), PROMISED_MILLIS_WITHOUT_DATABASE);
        assertNothingIsLost();
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 18})
    void a_database_that_is_frozen_for_some_seconds_is_5001_in_time_and_serves_on_when_it_is_thawed(int seconds)
            throws Exception {
        moment();
        database.freeze();
        Thread.sleep(seconds * 1000);

        database.thaw();
        assertServesOnSince(System.nanoTime());

        assertEveryAnswerIs(List.of(200, 503), PROMISED_MILLIS);
        assertNothingIsLost();
    }

    @Test
    void a_service_that_is_killed_loses_nothing_that_it_answered() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            moment();
            service.close();
            service = start();
            ledger.await(200, System.nanoTime());
        }

        assertEveryAnswerIs(List.of(200, 0), PROMISED_MILLIS);
        assertNothingIsLost();
    }

    private Running start() throws IOException, InterruptedException {
        Running started = PackagedApplication.start(
                port,
                managementPort,
                Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL", database.url(),
                        "QUARKUS_DATASOURCE_USERNAME", database.user(),
                        "BACKOFFICE_BITKEYS_FAULTS", KEY));
        started.awaitListening();
        return started;
    }

    private static void moment() throws InterruptedException {
        Thread.sleep(MILLIS_OF_A_MOMENT);
    }

    private void assertServesOnSince(long nanos) throws InterruptedException {
        Entry served = ledger.await(200, nanos);
        assertThat((served.endNanos() - nanos) / 1_000_000, lessThan(PROMISED_MILLIS_TO_RESUME));
    }

    private void assertEveryAnswerIs(Collection<Integer> codes, long millis) {
        for (Entry entry : ledger.entries()) {
            assertThat(entry.code(), is(in(codes)));
            if (entry.startNanos() >= begin) {
                assertThat(entry.millis(), lessThan(millis));
            }
        }
    }

    private void assertNothingIsLost() throws InterruptedException {
        ledger.close();
        ledger.compare(database::number);

        long calls = ledger.settle();
        assertEquals(Ledger.BATCHES.size() * calls, database.number("select count(*) from customer"));
        assertEquals(0, database.number(RowCountSums.COUNT_WRONG));
    }
}
