package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.CitusCluster;
import backoffice.testsupport.PartitionedDatabase;
import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A cluster that distributes the tables by vendor sends each statement of the service to one node. Without a cluster,
 * each statement touches one partition of each table.
 */
@QuarkusTest
class VendorRoutingTest {

    /**
     * The node of the connection makes the rows of such a statement from its parameters and sends them to the shards of
     * their vendors. The plan lists only the shards that are read, and there must be none.
     */
    private static final Pattern INSERT_SELECT = Pattern.compile("insert into .*\\bselect\\b.*", Pattern.DOTALL);

    private static PartitionedDatabase database;

    private final Api api = Api.as(Vendors.ACME);
    private final PlanRecorder recorder = new PlanRecorder();

    @BeforeAll
    static void demo_data(@TempDir Path temporary) {
        Sql.demoData();
        database = CitusCluster.isConfigured() ? null : new PartitionedDatabase(temporary);
    }

    @AfterAll
    static void no_rows() {
        Sql.clean();
        if (database != null) {
            database.close();
        }
    }

    /** A statement without parameters goes to one node. */
    private static void assertOneNode(String statement) {
        if (CitusCluster.isConfigured()) {
            assertEquals(List.of(1), CitusCluster.tasks(statement), statement);
        } else {
            Map<String, List<String>> partitions = database.partitions(statement);
            assertOnePartitionEach(partitions);
            assertFalse(partitions.isEmpty(), statement);
        }
    }

    /** The same for a statement with parameters, of which the first is the vendor. */
    private static void assertOneNodeOfPrepared(String statement) {
        if (CitusCluster.isConfigured()) {
            List<Integer> expected = INSERT_SELECT.matcher(statement).matches() ? List.of() : List.of(1);
            assertEquals(expected, CitusCluster.tasksOfPrepared(statement), statement);
        } else {
            assertOnePartitionEach(database.partitionsOfPrepared(statement));
        }
    }

    private static void assertOnePartitionEach(Map<String, List<String>> partitions) {
        assertTrue(partitions.values().stream().allMatch(names -> names.size() == 1), partitions::toString);
    }

    /** Not those of the history, which does not work on a cluster (docs/scaling.md). */
    static Stream<Arguments> statements() {
        return VendorScopeTest.sqlStatements()
                .filter(statement -> !statement.get()[0].toString().startsWith("HistoryRepository."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void a_statement_of_a_repository_goes_to_one_node(String name, String sql) {
        assertOneNodeOfPrepared(sql);
    }

    @ParameterizedTest
    @CsvSource({
        "/customer_groups",
        "/customer_groups?offset=2000",
        "/customer_groups/group_0/customers",
        "/customer_groups/group_0/customers?offset=2000",
        "/customers",
        "/customers?offset=2000",
    })
    void a_page_goes_to_one_node(String path) {
        String statement = recorder.statement(() -> api.get(path).statusCode(200));

        assertOneNode(statement);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /customer_groups | {'querys':[{'name':'name','op':'like','values':['%a%']}]}
            /customer_groups | {'querys':[{'name':'name','op':'in','values':['a','b']}]}
            /customers       | {'querys':[{'name':'name','op':'like','values':['a%']}]}
            /customers       | {'querys':[{'name':'groupName','op':'not in','values':['a','b']}]}
            /customers       | {'querys':[{'name':'referenceId','op':'is null'}]}
            /customers       | {'querys':[{'name':'regDate','op':'>','values':['2026-01-01']}]}
            /customers       | {'sorts':[{'name':'groupName','order':'desc'}]}
            /customers       | {'sorts':[{'name':'regDate'}]}
            """)
    void a_search_goes_to_one_node(String list, String search) {
        String statement = recorder.statement(
                () -> api.post(list + "/data", search.replace('\'', '"')).statusCode(200));

        assertOneNode(statement);
    }

    @Test
    void the_renaming_and_the_deletion_of_a_group_go_to_one_node() {
        assertOneNode(recorder.statement(() ->
                api.patch("/customer_groups/group_1", "{\"name\":\"group_1\"}").statusCode(200)));
        assertOneNode(recorder.statement(
                () -> api.delete("/customer_groups/no-such-group").statusCode(404)));
    }

    @Test
    void a_statement_that_hides_the_vendor_goes_to_several_nodes() {
        assertThrows(AssertionError.class, () -> assertOneNode("select from customer where vendor = (select 'acme')"));
    }
}
