package backoffice.resilience;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.resilience.LoadGenerator.CallRecord;
import backoffice.testsupport.Await;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A vendor moves between the workers of a Citus cluster while callers change its rows. No answered change is lost. */
@Tag("slow")
@QuarkusTest
@EnabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "-Dbackoffice.test.citus names no Citus cluster")
class ShardMovesTest {

    private static final List<String> TRANSFER_MODES = List.of("block_writes", "force_logical", "block_writes");
    private static final List<Integer> DONE_OR_5001 = List.of(200, 503);
    private static final int FIRST_OF_GLOBEX = 1_000_000;
    private static final Duration TIME_TO_MOVE = Duration.ofMinutes(1);
    private static final String DEADLOCK_DETECTED = "40P01";

    /** Moves the shards of acme to another worker. */
    private static final String MOVE = """
            select citus_move_shard_placement(
                shardid, source.nodename, source.nodeport, target.nodename, target.nodeport, '%s')
            from pg_dist_placement join pg_dist_node source using (groupid), pg_dist_node target
            where shardid = get_shard_id_for_distribution_column('customer', 'acme')
                and target.groupid not in (0, source.groupid)
            limit 1
            """;

    @BeforeEach
    @AfterEach
    void empty() {
        Sql.clean();
    }

    @Test
    void moves_of_a_vendor_between_workers_lose_no_answered_change() throws Exception {
        // Given callers of two vendors
        LoadGenerator acme = new LoadGenerator(RestAssured.port, Vendors.ACME);
        LoadGenerator globex = new LoadGenerator(RestAssured.port, Vendors.GLOBEX, FIRST_OF_GLOBEX);
        try (acme;
                globex) {
            acme.await(200, System.nanoTime());

            // When one of them moves to the other worker and back
            for (String mode : TRANSFER_MODES) {
                Await.until(TIME_TO_MOVE, () -> move(mode), () -> "each move ends with a deadlock: " + mode);
                acme.await(200, System.nanoTime());
                globex.await(200, System.nanoTime());
            }
        }

        // Then each change that was answered is there, and all others can be sent again
        long calls = 0;
        for (LoadGenerator load : List.of(acme, globex)) {
            assertEquals(
                    List.of(),
                    load.calls().stream()
                            .map(CallRecord::code)
                            .filter(code -> !DONE_OR_5001.contains(code))
                            .toList());
            load.assertNoneLostOrPartial(Sql::number);
            calls += load.retryFailedCalls();
        }
        assertEquals(LoadGenerator.BATCHES.size() * calls, Sql.number("select count(*) from customer"));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    /** Returns false if Citus ended the move because of a deadlock with a change. Nothing has moved then. */
    private static boolean move(String mode) {
        try {
            Sql.text(MOVE.formatted(mode));
            return true;
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof SQLException error && DEADLOCK_DETECTED.equals(error.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
