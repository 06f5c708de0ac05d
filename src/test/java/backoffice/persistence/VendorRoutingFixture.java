package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.Api;
import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A cluster that distributes the tables by vendor sends each statement of the service to one node. */
abstract class VendorRoutingFixture {

    private final Api api = Api.as(Vendors.ACME);
    private final PlanRecorder recorder = new PlanRecorder();

    /** Asserts that a statement without parameters goes to one node. */
    abstract void assertOneNode(String statement);

    /** The same for a statement with parameters, of which the first is the vendor. */
    abstract void assertOneNodeOfPrepared(String statement);

    @BeforeAll
    static void demo_data() {
        Sql.demoData();
    }

    @AfterAll
    static void no_rows() {
        Sql.clean();
    }

    static Stream<Arguments> statements() {
        return VendorScopeTest.sqlStatements();
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
    void a_search_goes_to_one_node(String list, String search) {
        String statement = recorder.statement(
                () -> api.post(list + "/data", search.replace('\'', '"')).statusCode(200));

        assertOneNode(statement);
    }

    @Test
    void the_renaming_of_a_group_goes_to_one_node() {
        String statement = recorder.statement(() ->
                api.patch("/customer_groups/group_1", "{\"name\":\"group_1\"}").statusCode(200));

        assertOneNode(statement);
    }

    @Test
    void the_deletion_of_a_group_goes_to_one_node() {
        String statement = recorder.statement(
                () -> api.delete("/customer_groups/no-such-group").statusCode(404));

        assertOneNode(statement);
    }

    @Test
    void a_statement_that_hides_the_vendor_goes_to_several_nodes() {
        assertThrows(AssertionError.class, () -> assertOneNode("select from customer where vendor = (select 'acme')"));
    }
}
