package backoffice.cluster;

import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * While a vendor moves between the workers of a Citus cluster, each answer is true or 5001: what callers of two vendors
 * have changed is stored.
 */
@Tag("slow")
@QuarkusTest
@EnabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "-Dbackoffice.test.citus names no Citus cluster")
class ShardMovesTest {

    private static final Logger LOG = Logger.getLogger(ShardMovesTest.class);
    private static final int MOVES = Integer.getInteger("shard.moves", 20);
    private static final int WRITERS = 4;
    private static final int CALLS_BETWEEN_MOVES = 25;
    private static final Duration TIME_FOR_CALLS = Duration.ofSeconds(30);
    private static final String DEADLOCK_DETECTED = "40P01";

    private static final String ISOLATE =
            "select isolate_tenant_to_new_shard('customer', '%s', 'CASCADE', shard_transfer_mode := 'block_writes')";

    /** Moves the shards of acme to another worker. */
    private static final String MOVE = """
            select citus_move_shard_placement(
                shardid, source.nodename, source.nodeport, target.nodename, target.nodeport, '%s')
            from pg_dist_placement join pg_dist_node source using (groupid), pg_dist_node target
            where shardid = get_shard_id_for_distribution_column('customer', 'acme')
                and target.groupid not in (0, source.groupid)
            limit 1
            """;

    private Map<String, List<KnownWriter>> writers;

    @BeforeEach
    @AfterEach
    void empty() {
        Sql.clean();
    }

    @Test
    void each_answer_is_true_or_5001_while_a_vendor_moves_between_workers() throws Exception {
        // Given callers of two vendors
        writers = Stream.of(Vendors.ACME, Vendors.GLOBEX)
                .collect(toMap(
                        vendor -> vendor,
                        vendor -> IntStream.range(0, WRITERS)
                                .mapToObj(i -> new KnownWriter(vendor, "w" + i, i))
                                .toList()));
        List<CompletableFuture<Void>> running = writers()
                .map(writer -> CompletableFuture.runAsync(writer, Threads.NEW))
                .toList();

        // When one of them gets a shard of its own, and moves to the other worker and back
        awaitCalls();
        run(ISOLATE.formatted("acme"));
        for (String mode : List.of("block_writes", "force_logical")) {
            for (int i = 0; i < MOVES; i++) {
                run(MOVE.formatted(mode));
                awaitCalls();
            }
        }
        writers().forEach(KnownWriter::close);
        running.forEach(CompletableFuture::join);

        // Then each answer was true or 5001, and the tables have what was changed
        LOG.infof(
                "%d calls, of which %d got 5001",
                writers().mapToInt(writer -> writer.calls).sum(),
                writers().mapToInt(writer -> writer.refused).sum());
        assertEquals(
                List.of(), writers().flatMap(writer -> writer.wrong.stream()).toList());
        writers.forEach((vendor, ofVendor) -> {
            TreeSet<String> groups = new TreeSet<>();
            Map<String, String> cities = new HashMap<>();
            ofVendor.forEach(writer -> {
                groups.addAll(writer.groups);
                cities.putAll(writer.cities());
            });
            assertEquals(groups, new TreeSet<>(ShardMovesTest.<String>stored(vendor, "/customer_groups", ".name")));
            assertEquals(
                    cities,
                    ShardMovesTest.<Map<String, String>>stored(vendor, "/customers", "").stream()
                            .collect(toMap(
                                    customer -> customer.getOrDefault("groupName", "") + "/" + customer.get("name"),
                                    customer -> customer.getOrDefault("city", ""))));
        });
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    private Stream<KnownWriter> writers() {
        return writers.values().stream().flatMap(List::stream);
    }

    /** Waits until each writer has made some more calls. */
    private void awaitCalls() {
        Map<KnownWriter, Integer> before = writers().collect(toMap(writer -> writer, writer -> writer.calls));
        Await.until(
                TIME_FOR_CALLS,
                () -> writers().allMatch(writer -> writer.calls >= before.get(writer) + CALLS_BETWEEN_MOVES),
                () -> "a caller does not go on");
    }

    /** Repeats a move that Citus ends because of a deadlock, or of what an earlier move has left. Nothing has moved then. */
    private static void run(String move) {
        for (int attempt = 0; ; attempt++) {
            try {
                Sql.text(move);
                return;
            } catch (IllegalStateException e) {
                String reason =
                        e.getCause() instanceof SQLException error ? error.getSQLState() + error.getMessage() : "";
                if (attempt == 20 || !reason.startsWith(DEADLOCK_DETECTED) && !reason.contains("leftover")) {
                    throw e;
                }
                Sql.execute("call citus_cleanup_orphaned_resources()");
            }
        }
    }

    /** The items that the API returns at present, or a member of them. */
    private static <T> List<T> stored(String vendor, String list, String member) {
        return Api.as(vendor).get(list + "?limit=1000").extract().path("data.items" + member);
    }
}
