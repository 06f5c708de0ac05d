package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** Not those of the history, which does not work on a cluster (docs/scaling.md). */
    static Stream<Arguments> statements() {
        return VendorScopeTest.sqlStatements()
                .filter(statement -> !statement.get()[0].toString().startsWith("RecordedChanges."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void a_statement_of_a_repository_goes_to_one_node(String name, String sql) {
        if (CitusCluster.isConfigured()) {
            List<Integer> expected = INSERT_SELECT.matcher(sql).matches() ? List.of() : List.of(1);
            assertEquals(expected, CitusCluster.tasksOfPrepared(sql), sql);
        } else {
            assertOnePartitionEach(database.partitionsOfPrepared(sql));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            GET    | /customer_groups                               |
            GET    | /customer_groups?offset=2000                   |
            GET    | /customer_groups/group_0/customers             |
            GET    | /customer_groups/group_0/customers?offset=2000 |
            GET    | /customers                                     |
            GET    | /customers?offset=2000                         |
            POST   | /customer_groups/data | {'querys':[{'name':'name','op':'like','values':['%a%']}]}
            POST   | /customer_groups/data | {'querys':[{'name':'name','op':'in','values':['a','b']}]}
            POST   | /customers/data       | {'querys':[{'name':'name','op':'like','values':['a%']}]}
            POST   | /customers/data       | {'querys':[{'name':'groupName','op':'not in','values':['a','b']}]}
            POST   | /customers/data       | {'querys':[{'name':'referenceId','op':'is null'}]}
            POST   | /customers/data       | {'querys':[{'name':'regDate','op':'>','values':['2026-01-01']}]}
            POST   | /customers/data       | {'sorts':[{'name':'groupName','order':'desc'}]}
            POST   | /customers/data       | {'sorts':[{'name':'regDate'}]}
            PATCH  | /customer_groups/group_1              | {'name':'group_1'}
            DELETE | /customer_groups/no-such-group        |
            """)
    void a_page_a_search_a_renaming_and_a_deletion_go_to_one_node(String method, String path, String body) {
        int code = method.equals("DELETE") ? 404 : 200;

        List<String> statements =
                recorder.statements(() -> api.send(method, path, body == null ? "" : body.replace('\'', '"'))
                        .statusCode(code));

        for (String statement : statements) {
            if (CitusCluster.isConfigured()) {
                assertEquals(List.of(1), CitusCluster.tasks(statement), statement);
            } else {
                Map<String, List<String>> partitions = database.partitions(statement);
                assertOnePartitionEach(partitions);
                assertFalse(partitions.isEmpty(), statement);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1 from customer c left join customer_group g on g.id = c.group_id where c.vendor = $1",
                "select 1 from customer_group where vendor = $1 and exists (select 1 from customer where name = $2)",
                "delete from customer c using customer_group g where c.group_id = g.id and c.vendor = $1"
            })
    void a_statement_that_does_not_bind_the_vendor_of_a_table_touches_all_its_partitions(String sql) {
        assumeFalse(CitusCluster.isConfigured());

        assertThrows(AssertionError.class, () -> assertOnePartitionEach(database.partitionsOfPrepared(sql)));
    }

    private static void assertOnePartitionEach(Map<String, List<String>> partitions) {
        assertTrue(partitions.values().stream().allMatch(names -> names.size() == 1), partitions::toString);
    }
}
