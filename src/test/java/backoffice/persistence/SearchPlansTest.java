package backoffice.persistence;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.search.Field;
import backoffice.search.Fields;
import backoffice.testsupport.Api;
import backoffice.testsupport.PlanRecorder;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** With many rows, PostgreSQL answers the searches of docs/api.md, section 6, from indexes. */
@Tag("slow")
@QuarkusTest
class SearchPlansTest {

    /** Each vendor has more groups than this, and twice as many customers as groups. */
    private static final long ROWS_OF_PAGE = 1000;

    private static final String ROWS = """
            insert into customer_group (vendor, name)
            select vendor, 'group ' || md5(i::text) from unnest(array['acme', 'globex']) vendor, generate_series(1, 30000) i;
            insert into customer (vendor, name, group_id, reg_date, city, reference_id)
            select g.vendor, 'customer ' || md5(i::text || n), case when i % 100 > 0 then g.id end,
                timestamp '2020-01-01' + i * interval '1 hour', 'Shanghai', 'reference ' || md5(n::text || i)
            from (select vendor, id, row_number() over () i from customer_group) g, generate_series(1, 2) n
            """;

    @BeforeAll
    static void many_rows() {
        Sql.clean();
        Sql.execute(ROWS);
        Sql.execute("vacuum analyze customer, customer_group, row_count");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /customer_groups | name        | =       | 'group 123'
            /customer_groups | name        | in      | 'group 123', 'group 124', 'group 125'
            /customer_groups | name        | between | 'group ab', 'group ac'
            /customer_groups | name        | >       | 'group ff'
            /customer_groups | name        | like    | 'group abc%'
            /customer_groups | name        | like    | 'group abc_d%'
            /customer_groups | name        | like    | 'group abc%', 'group bcd%'
            /customer_groups | name        | like    | '%abcd%'
            /customers       | name        | =       | 'customer 123'
            /customers       | name        | in      | 'customer 123', 'customer 124', 'customer 125'
            /customers       | name        | >=      | 'customer ff'
            /customers       | name        | like    | 'customer abc%'
            /customers       | name        | like    | 'customer abc_d%'
            /customers       | name        | like    | '%abcd%'
            /customers       | groupName   | =       | 'group 123'
            /customers       | groupName   | in      | 'group 123', 'group 124', 'group 125'
            /customers       | groupName   | <       | 'group 00f'
            /customers       | groupName   | like    | 'group abc%'
            /customers       | groupName   | like    | 'group abc_d%'
            /customers       | groupName   | like    | '%abcd%'
            /customers       | groupName   | is null |
            /customers       | referenceId | =       | 'reference 123'
            /customers       | referenceId | <=      | 'reference 00f'
            /customers       | referenceId | like    | 'reference abc%'
            /customers       | referenceId | like    | 'reference abc_d%'
            /customers       | referenceId | like    | '%abcd%'
            /customers       | referenceId | is null |
            /customers       | regDate     | =       | '2020-01-05 01:00:00'
            /customers       | regDate     | <       | '2020-01-05'
            /customers       | regDate     | between | '2021-01-05', '2021-01-06'
            /customer_groups | name        | in      | THOUSAND_VALUES
            /customers       | name        | in      | THOUSAND_VALUES
            /customers       | groupName   | in      | THOUSAND_VALUES
            /customers       | referenceId | in      | THOUSAND_VALUES
            """)
    void the_rows_and_the_total_of_a_condition_come_from_indexes(String list, String field, String op, String values) {
        String thousand =
                IntStream.range(0, 1000).mapToObj(i -> "'value " + i + "'").collect(joining(","));
        String query = "{'name':'%s','op':'%s','values':[%s]}".formatted(field, op, values == null ? "" : values);

        assertNoSequentialScan(list, "{'querys':[" + query.replace("THOUSAND_VALUES", thousand) + "]}");
    }

    static Stream<Arguments> sorts() {
        return Stream.of(Fields.values())
                .flatMap(list -> list.fields().stream()
                        .filter(Field::sortable)
                        .flatMap(field -> Stream.of("asc", "desc")
                                .map(order -> Arguments.of(
                                        list == Fields.GROUPS ? "/customer_groups" : "/customers",
                                        field.name(),
                                        order))));
    }

    @ParameterizedTest
    @MethodSource("sorts")
    void a_page_in_each_order_reads_a_small_part_of_the_list(String list, String field, String order) {
        String search = "{'sorts':[{'name':'%s','order':'%s'}]}".formatted(field, order);

        long read = new PlanRecorder().rowsRead("force_custom_plan", () -> search(list, search));

        assertThat(read, lessThan(ROWS_OF_PAGE));
    }

    private static void search(String list, String search) {
        Api.as(Vendors.ACME).post(list + "/data", search.replace('\'', '"')).statusCode(200);
    }

    private static void assertNoSequentialScan(String list, String search) {
        JsonNode plan = new PlanRecorder().plan(() -> search(list, search));

        List<String> scanned = PlanRecorder.nodes(plan)
                .filter(node -> node.get("Node Type").asText().equals("Seq Scan"))
                .map(node -> node.get("Relation Name").asText())
                .toList();
        assertEquals(List.of(), scanned, plan::toPrettyString);
    }
}
