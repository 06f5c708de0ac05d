package backoffice.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Threads;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * While a vendor moves between the workers of a Citus cluster, each answer is true or 5001: it is that of a vendor which
 * does not move, and whose callers make the same calls.
 */
@Tag("slow")
@QuarkusTest
@EnabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "-Dbackoffice.test.citus names no Citus cluster")
class ShardMovesTest {

    private static final int MOVES = Integer.getInteger("shard.moves", 20);
    private static final int CALLERS = 4;
    private static final int MAX_ATTEMPTS = 100;
    private static final int CALLS_BETWEEN_MOVES = 25;
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

    /** Calls on two groups and a customer of a caller, with a number. */
    private static final List<String> CALLS = List.of(
            "POST /customer_groups {'name':'%1$s'}",
            "PATCH /customer_groups/%1$s {'name':'%2$s'}",
            "DELETE /customer_groups/%1$s",
            "GET /customer_groups/%1$s/customers",
            "POST /customer_groups/%1$s/customers [{'name':'%3$s'},{'name':'c%3$s'}]",
            "POST /customer_groups/%1$s/customers [{'name':'%3$s','groupName':'%2$s'}]",
            "DELETE /customer_groups/%1$s/customers [{'name':'%3$s'}]",
            "POST /customers [{'name':'%3$s','groupName':'%1$s','city':'%4$s'},{'name':'%3$s'},{'name':'c%3$s'}]",
            "PATCH /customers [{'name':'%3$s','groupName':'%1$s','city':'%4$s'}]",
            "GET /customers/%1$s/%3$s",
            "DELETE /customers/%1$s/%3$s",
            "DELETE /customers/%3$s");

    private final AtomicIntegerArray calls = new AtomicIntegerArray(CALLERS);
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean open = true;

    @BeforeEach
    @AfterEach
    void empty() {
        Sql.clean();
    }

    @Test
    void each_answer_is_true_or_5001_while_a_vendor_moves_between_workers() {
        // Given callers that make each call for two vendors
        List<CompletableFuture<Void>> callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> CompletableFuture.runAsync(() -> call(caller), Threads.NEW))
                .toList();

        // When one of the vendors gets a shard of its own, and moves to the other worker and back
        awaitCalls();
        run(ISOLATE.formatted("acme"));
        for (String mode : List.of("block_writes", "force_logical")) {
            for (int i = 0; i < MOVES; i++) {
                run(MOVE.formatted(mode));
                awaitCalls();
            }
        }
        open = false;
        callers.forEach(CompletableFuture::join);

        // Then both got the same answers, apart from 5001, and have the same groups and customers
        System.out.printf("%s calls, of which %s were done; %s got 5001 before%n", calls, done, refused);
        assertEquals(List.of(), List.copyOf(wrong));
        for (String list : List.of("/customer_groups", "/customers")) {
            assertEquals(
                    answer(Vendors.GLOBEX, "GET", list + "?limit=1000"),
                    answer(Vendors.ACME, "GET", list + "?limit=1000"));
        }
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    private void call(int caller) {
        for (Random random = Seeds.random(caller); open; calls.incrementAndGet(caller)) {
            int group = random.nextInt(3);
            String call = CALLS.get(random.nextInt(CALLS.size()))
                    .formatted(
                            "g%d-%d".formatted(caller, group),
                            "g%d-%d".formatted(caller, (group + 1) % 3),
                            "n%d-%d".formatted(caller, random.nextInt(3)),
                            random.nextInt(1000));
            String[] parts = call.replace('\'', '"').split(" ", 3);
            String expected = answer(Vendors.GLOBEX, parts);
            String answer = answer(Vendors.ACME, parts);
            if (!answer.equals(expected)) {
                wrong.add("%s: %s, not %s".formatted(call, answer, expected));
            }
            done.addAndGet(answer.contains("\"status\":0") ? 1 : 0);
        }
    }

    /** The answer without times. A call that gets 5001 is made again with the same idempotency key. */
    private String answer(String vendor, String... call) {
        Api api = Api.as(vendor).with("x-bit-req-id", UUID.randomUUID().toString());
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var answer =
                    api.send(call[0], call[1], call.length == 3 ? call[2] : "").extract();
            if (answer.statusCode() != 503) {
                return answer.asString().replaceAll(",?\"regDate\":\"[^\"]*\"", "");
            }
            refused.incrementAndGet();
        }
        return "5001 again and again";
    }

    /** Waits until each caller has made some more calls. */
    private void awaitCalls() {
        int[] before = IntStream.range(0, CALLERS).map(calls::get).toArray();
        Await.atMost(Duration.ofSeconds(30))
                .until(() -> IntStream.range(0, CALLERS)
                        .allMatch(caller -> calls.get(caller) >= before[caller] + CALLS_BETWEEN_MOVES));
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
}
