package backoffice.concurrency;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.concurrency.CallRunner.Outcome;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Concurrent calls end as in some order. {@code -Drace.rounds=200} tries every pair 200 times, and not a sample. */
@Tag("slow")
@QuarkusTest
public class CallsAtOnceTest {

    private static final Logger LOG = Logger.getLogger(CallsAtOnceTest.class);
    private static final int ROUNDS = Integer.getInteger("race.rounds", 0);
    private static final boolean SAMPLE = ROUNDS == 0;

    /** Pairs of opposite or equal changes, which each run tries. */
    private static final String COLLIDING = """
            move a's x to e | move b's x to a
            add x to e | add x to e, down
            take x out of a | take x out of b, down
            delete group e | add z to e
            rename a to b | rename b to a
            post x, referenceIds q | post x, referenceIds q
            post x, referenceIds q | post a's x, half with referenceIds q, no regDate
            post a's x, referenceIds turned, down | patch a's x, referenceIds swapped, down
            post b's and e's x in turn, no referenceIds | add x to e
            patch a's x, renamed to z | patch a's x, renamed to z, down
            patch a's x, renamed to z | move a's x to e
            patch z, renamed to x and w in turn | add z and w to e in turn
            delete a's x | patch a's x, renamed to z
            delete a's x | delete z and a's x in turn
            """;

    private final CallRunner runner = new CallRunner();
    private final Random random = Seeds.random(System.nanoTime());
    private final long deadlocksBefore = Sql.deadlocks();
    private int races;
    private int orderDependentGroups;
    private int seenInSeveralOrders;

    @AfterEach
    void close() {
        LOG.infof(
                "%d races; the outcome depends on the order in %d groups of calls, several orders seen in %d; %d deadlocks",
                races, orderDependentGroups, seenInSeveralOrders, Sql.deadlocks() - deadlocksBefore);
        runner.close();
    }

    @TestFactory
    Stream<DynamicTest> two_concurrent_calls_end_as_in_some_order_of_them() {
        List<List<Change>> pairs = Change.pairs();
        if (SAMPLE) {
            Collections.shuffle(pairs, random);
        }
        return Stream.concat(
                COLLIDING.lines().map(pair -> test(named(pair), SAMPLE ? 5 : ROUNDS)),
                pairs.stream().limit(SAMPLE ? 60 : pairs.size()).map(pair -> test(pair, SAMPLE ? 2 : ROUNDS)));
    }

    @TestFactory
    Stream<DynamicTest> three_concurrent_calls_end_as_in_some_order_of_them() {
        return Stream.generate(() -> some(3)).limit(SAMPLE ? 5 : 200).map(calls -> test(calls, SAMPLE ? 2 : ROUNDS));
    }

    @TestFactory
    Stream<DynamicTest> eight_concurrent_calls_leave_no_orphaned_or_duplicate_rows() {
        return Stream.generate(() -> some(8))
                .limit(SAMPLE ? 20 : 10L * ROUNDS)
                .map(calls -> dynamicTest(calls.toString(), () -> {
                    runner.runConcurrently(calls, random);
                    races++;
                }));
    }

    private static List<Change> named(String pair) {
        return Stream.of(pair.split(" \\| ")).map(Change::named).toList();
    }

    private List<Change> some(int number) {
        return random.ints(number, 0, Change.ALL.size())
                .mapToObj(Change.ALL::get)
                .toList();
    }

    private DynamicTest test(List<Change> calls, int rounds) {
        return dynamicTest(calls.toString(), () -> {
            Set<Outcome> sequential = new HashSet<>();
            for (List<Integer> order : orders(calls.size())) {
                sequential.add(runner.runInOrder(calls, order, ""));
            }
            Set<Outcome> seen = new HashSet<>();
            for (int round = 0; round < rounds; round++) {
                Outcome outcome = runner.runConcurrently(calls, random);
                assertTrue(
                        sequential.contains(outcome),
                        () -> "%s ended in%n%s%n%nsequential outcomes are%n%s".formatted(calls, outcome, sequential));
                seen.add(outcome);
            }
            races += rounds;
            orderDependentGroups += sequential.size() > 1 ? 1 : 0;
            seenInSeveralOrders += seen.size() > 1 ? 1 : 0;
        });
    }

    /** Each order of the numbers from 0. */
    private static List<List<Integer>> orders(int calls) {
        if (calls == 0) {
            return List.of(List.of());
        }
        List<List<Integer>> orders = new ArrayList<>();
        for (List<Integer> order : orders(calls - 1)) {
            for (int place = 0; place < calls; place++) {
                List<Integer> longer = new ArrayList<>(order);
                longer.add(place, calls - 1);
                orders.add(longer);
            }
        }
        return orders;
    }
}
