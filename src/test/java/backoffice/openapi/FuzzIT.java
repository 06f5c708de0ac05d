package backoffice.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.testsupport.RawConnection;
import backoffice.testsupport.RowCountCheck;
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
 * A fuzzer that sends well-formed and malformed requests. Every answer is one that the OpenAPI document describes, and
 * none is a fault. A well-formed request is not refused as malformed, and a request that the document does not allow is
 * not done. An ordinary run is one round with a fixed seed. {@code -Dfuzz.rounds=50} runs 50 rounds, each with its own
 * seed, and {@code -Dfuzz.seed=7} sets the first seed.
 */
@Tag("slow")
@QuarkusIntegrationTest
class FuzzIT {

    private static final Logger LOG = Logger.getLogger(FuzzIT.class);
    private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);
    private static final int REQUESTS_OF_A_ROUND = 2_000;

    @TestFactory
    Stream<DynamicTest> every_answer_is_documented() {
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
        FuzzOracle oracle = new FuzzOracle(document);
        Map<Integer, Integer> statuses = new TreeMap<>();
        long start = System.nanoTime();

        try (RawConnection connection = new RawConnection()) {
            for (int i = 0; i < REQUESTS_OF_A_ROUND; i++) {
                FuzzRequest request = requests.next();
                String answer = connection.send(request.bytes(), !request.method.equals("HEAD"));
                try {
                    int status = oracle.check(request, answer);
                    statuses.merge(status, 1, Integer::sum);
                    if (status == 0 && request.call != null) {
                        done.add(request.call.name());
                    }
                } catch (AssertionError e) {
                    throw new AssertionError(
                            "%s, seed %d, request %d:%n%s%n%s".formatted(e.getMessage(), seed, i, request, answer), e);
                }
            }
        }

        LOG.infof("Seed %d: %d ms, statuses %s", seed, (System.nanoTime() - start) / 1_000_000, statuses);
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }
}
