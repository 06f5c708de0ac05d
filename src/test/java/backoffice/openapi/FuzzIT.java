package backoffice.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.testsupport.RawConnection;
import backoffice.testsupport.RowCountSums;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Whatever is sent, well-formed, nearly so or wild: the answer is one that the document says, and never a fault. What is
 * well-formed is not refused as malformed, and what the document refuses is not done. An ordinary run is one round, the
 * same each time; {@code -Dfuzz.rounds=50} makes more, each from its own seed, and {@code -Dfuzz.seed=7} begins with
 * that one.
 */
@Tag("slow")
@QuarkusIntegrationTest
class FuzzIT {

    private static final Logger LOG = Logger.getLogger(FuzzIT.class);
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);
    private static final int REQUESTS_OF_A_ROUND = 2_000;

    @TestFactory
    Stream<DynamicTest> every_answer_is_one_that_the_document_says() {
        Document document = Document.served();
        Set<String> done = new TreeSet<>();
        Stream<DynamicTest> rounds = LongStream.range(FIRST_SEED, FIRST_SEED + ROUNDS)
                .mapToObj(seed -> dynamicTest("seed " + seed, () -> round(seed, document, done)));
        Stream<DynamicTest> end = Stream.of(dynamicTest(
                "each call was done",
                () -> assertEquals(
                        document.calls().stream().map(Document.Call::name).collect(toCollection(TreeSet::new)), done)));
        return Stream.concat(rounds, end);
    }

    private static void round(long seed, Document document, Set<String> done) throws IOException {
        Sql.clean();
        FuzzRequests requests = new FuzzRequests(document, seed);
        FuzzJudge judge = new FuzzJudge(document);
        Map<Integer, Integer> statuses = new TreeMap<>();
        long start = System.nanoTime();

        try (RawConnection connection = new RawConnection()) {
            for (int i = 0; i < REQUESTS_OF_A_ROUND; i++) {
                FuzzRequest request = requests.next();
                String answer =
                        connection.send(request.bytes(), !request.method().equals("HEAD"));
                try {
                    int status = judge.judge(request, answer);
                    statuses.merge(status, 1, Integer::sum);
                    if (status == 0 && request.call() != null) {
                        done.add(request.call().name());
                    }
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "%s, seed %d, request %d:%n%s%n%s".formatted(e.getMessage(), seed, i, request, answer), e);
                }
            }
        }

        LOG.infof("Seed %d: %d ms, statuses %s", seed, (System.nanoTime() - start) / 1_000_000, statuses);
        assertEquals(0, Sql.number(RowCountSums.COUNT_WRONG));
    }
}
