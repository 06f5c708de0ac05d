package backoffice.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.concurrency.CallRunner;
import backoffice.concurrency.Change;
import backoffice.concurrency.Changes;
import backoffice.testsupport.Api;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The feed has the changes of concurrent calls in the order in which they were made: a copy that applies the events
 * equals the tables. An ordinary run tries a sample of the pairs. {@code -Drace.rounds=200} tries every pair 200 times.
 */
@Tag("slow")
@QuarkusTest
@TestProfile(ChangesOn.class)
class FeedOfCallsAtOnceTest {

    private static final Logger LOG = Logger.getLogger(FeedOfCallsAtOnceTest.class);
    private static final int ROUNDS = Integer.getInteger("race.rounds", 0);
    private static final boolean SAMPLE = ROUNDS == 0;
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Change DELETE_CUSTOMER = Changes.named("delete a's x10");
    private static final List<List<Change>> DELETIONS = List.of(
            List.of(DELETE_CUSTOMER, Changes.named("rename a to n")),
            List.of(DELETE_CUSTOMER, Changes.named("delete group a")));
    private static final String ONE_CUSTOMER_IN_A =
            "delete from customer where name <> 'x10' and group_id in (select id from customer_group where name = 'a');";

    private final CallRunner runner = new CallRunner();
    private final Random random = new Random();
    private int races;
    private int bothMadeChanges;

    @AfterEach
    void close() {
        LOG.infof("%d races, in %d of which both calls made changes", races, bothMadeChanges);
        runner.close();
    }

    @TestFactory
    Stream<DynamicTest> the_feed_tells_in_which_order_a_customer_and_its_group_were_changed() {
        return DELETIONS.stream().map(pair -> test(pair, SAMPLE ? 60 : ROUNDS, ONE_CUSTOMER_IN_A));
    }

    @TestFactory
    Stream<DynamicTest> the_feed_has_the_changes_of_two_concurrent_calls_in_their_order() {
        List<List<Change>> pairs = Changes.pairs();
        if (SAMPLE) {
            Collections.shuffle(pairs, random);
        }
        return pairs.stream().limit(SAMPLE ? 50 : pairs.size()).map(pair -> test(pair, SAMPLE ? 2 : ROUNDS, ""));
    }

    private DynamicTest test(List<Change> calls, int rounds, String otherRows) {
        return dynamicTest(calls.toString(), () -> {
            runner.runInOrder(calls, List.of(0, 1));
            runner.reset(otherRows);
            FeedCopy initial = tables();
            for (int round = 0; round < rounds; round++) {
                // Given an empty feed
                runner.reset(otherRows + "delete from change");

                // When the calls run at the same time
                runner.race(calls, random);

                // Then a copy that applies the events equals the tables
                JsonNode events = feed();
                FeedCopy copy = initial.copy();
                events.forEach(copy::apply);
                assertEquals(tables(), copy, () -> calls + " " + events);
                races++;
                bothMadeChanges +=
                        Set.copyOf(events.findValuesAsText("correlationid")).size() > 1 ? 1 : 0;
            }
        });
    }

    private static JsonNode feed() throws IOException {
        return JSON.readTree(Api.as(Vendors.ACME)
                .request()
                .get("/backoffice/changes?limit=1000")
                .asString());
    }

    private static FeedCopy tables() {
        return FeedCopy.read(RestAssured.port, Vendors.ACME);
    }
}
