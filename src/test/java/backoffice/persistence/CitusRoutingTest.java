package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.CitusCluster;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIf;

/** On a Citus cluster: each statement is sent to one shard. */
@QuarkusTest
@EnabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "-Dbackoffice.test.citus names no Citus cluster")
class CitusRoutingTest extends VendorRoutingFixture {

    private static final List<Integer> ONE_TASK = List.of(1);

    /**
     * The node of the connection makes the rows of such a statement from its parameters and sends them to the shards of
     * their vendors. The plan lists only the shards that are read, and there must be none.
     */
    private static final Pattern INSERT_SELECT = Pattern.compile("insert into .*\\bselect\\b.*", Pattern.DOTALL);

    private static final List<Integer> NO_TASK = List.of();

    @Override
    void assertOneNode(String statement) {
        assertEquals(ONE_TASK, CitusCluster.tasks(statement), statement);
    }

    @Override
    void assertOneNodeOfPrepared(String statement) {
        List<Integer> expected = INSERT_SELECT.matcher(statement).matches() ? NO_TASK : ONE_TASK;
        assertEquals(expected, CitusCluster.tasksOfPrepared(statement), statement);
    }
}
