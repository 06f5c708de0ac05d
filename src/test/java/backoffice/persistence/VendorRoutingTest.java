package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.PartitionedDatabase;
import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * A cluster that distributes the tables by vendor sends each statement to one node, because each statement touches one
 * partition of each table.
 */
@QuarkusTest
class VendorRoutingTest {

    private static PartitionedDatabase database;

    private final Api api = Api.as(Vendors.ACME);
    private final PlanRecorder recorder = new PlanRecorder();

    @BeforeAll
    static void create_the_database(@TempDir Path temporary) {
        Sql.demoData();
        database = new PartitionedDatabase(temporary);
    }

    @AfterAll
    static void drop_the_database() {
        database.close();
        Sql.clean();
    }

    static Stream<Arguments> statements() {
        return Stream.concat(
                VendorScopeTest.statements(), VendorScopeTest.statementsOf("backoffice.cli.ExportSnapshot"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("statements")
    void a_statement_of_a_repository_touches_one_partition_of_each_table(String name, String sql) {
        assertOnePartitionEach(database.partitionsOfPrepared(sql));
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
    void a_page_touches_one_partition_of_each_table(String path) {
        String statement = recorder.statement(() -> api.get(path).statusCode(200));

        Map<String, List<String>> partitions = database.partitions(statement);

        assertOnePartitionEach(partitions);
        assertFalse(partitions.isEmpty(), statement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/customer_groups | {'querys':[{'name':'name','op':'like','values':['%a%']}]}",
                "/customer_groups | {'querys':[{'name':'name','op':'in','values':['a','b']}]}",
                "/customers | {'querys':[{'name':'name','op':'like','values':['a%']}]}",
                "/customers | {'querys':[{'name':'groupName','op':'not in','values':['a','b']}]}",
                "/customers | {'querys':[{'name':'referenceId','op':'is null'}]}",
                "/customers | {'querys':[{'name':'regDate','op':'>','values':['2026-01-01']}]}",
                "/customers | {'sorts':[{'name':'groupName','order':'desc'}]}",
                "/customers | {'sorts':[{'name':'regDate'}]}",
            })
    void a_search_touches_one_partition_of_each_table(String list, String search) {
        String statement = recorder.statement(
                () -> api.post(list + "/data", search.replace('\'', '"')).statusCode(200));

        Map<String, List<String>> partitions = database.partitions(statement);

        assertOnePartitionEach(partitions);
        assertFalse(partitions.isEmpty(), statement);
    }

    @Test
    void a_statement_that_hides_the_vendor_touches_all_partitions() {
        assertTrue(database.partitions("select from customer where vendor = (select 'acme')")
                        .get("customer")
                        .size()
                > 1);
    }

    private static void assertOnePartitionEach(Map<String, List<String>> partitions) {
        assertTrue(partitions.values().stream().allMatch(names -> names.size() == 1), partitions::toString);
    }
}
