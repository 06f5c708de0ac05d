package backoffice.pagination;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A far page is read from a range of names. It is the same as a page that is counted from the start. See docs/adr/0007. */
@Tag("slow")
@QuarkusIntegrationTest
class FarPagesIT extends ApiTest {

    private static final int ROWS = 12_000;
    private static final int PAGES = 30;
    private static final String LISTS = """
            insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, %1$d) i;
            insert into customer (vendor, name, group_id, reg_date)
            select g.vendor, 'c' || i / 5, case when i %% 5 > 0 then g.id end, now()
            from generate_series(1, %1$d) i join customer_group g on g.name = 'g' || i %% 5 + 1;
            insert into customer (vendor, name, group_id, reg_date)
            select 'acme', 'm' || i, id, now() from generate_series(1, %1$d) i, customer_group where name = 'g9';
            insert into customer_group (vendor, name) values ('acme', 'other');
            insert into customer (vendor, name, group_id, reg_date)
            select 'acme', 'o' || i, id, now() from generate_series(1, %1$d) i, customer_group where name = 'other'
            """;

    private final Random random = Seeds.random(5);

    @BeforeEach
    void long_lists() {
        Sql.execute(LISTS.formatted(ROWS));
        Sql.execute(RowCountCheck.CUT);
        // Without statistics, the queries of this test take a minute.
        Sql.execute("analyze customer_group, customer");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /customer_groups | name | customer_group
            /customer_groups/g9/customers | concat(name, '@g9') | customer where group_id = (select id from customer_group where name = 'g9')
            /customers | concat(name, (select concat('@', name) from customer_group g where g.vendor = customer.vendor and g.id = group_id)) | customer
            """)
    void pages_are_correct_after_any_sequence_of_reads_and_writes(String path, String item, String rows) {
        for (int i = 0; i < PAGES; i++) {
            int offset = random.nextInt(3) == 0 ? 2 * ROWS - random.nextInt(3 * ROWS / 2) : 1000 + 1700 * (i % 9);
            assertPage(path, item, rows, offset, 1 + random.nextInt(900));
            if (random.nextInt(3) == 0) {
                write();
            }
        }
        assertPage(path, item, rows, 1_000_000, 10);
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    /** @param item the SQL of an item: its name, with its group if it has one */
    private void assertPage(String path, String item, String rows, int offset, int limit) {
        String numbered = "select item, row_number() over (order by name collate \"C\", item collate \"C\") as place"
                + " from (select name, %2$s as item from %1$s offset 0) named";
        JsonNode data = api.get("%s?offset=%d&limit=%d".formatted(path, offset, limit))
                .statusCode(200)
                .extract()
                .as(JsonNode.class)
                .get("data");
        String items = StreamSupport.stream(data.get("items").spliterator(), false)
                .map(i -> i.get("name").asText()
                        + (i.has("groupName") ? "@" + i.get("groupName").asText() : ""))
                .collect(joining(" "));

        assertEquals(
                Sql.number("select count(*) from " + rows), data.get("total").asLong());
        assertEquals(
                Sql.text(
                        "select coalesce(string_agg(item, ' ' order by place), '') from (%s) i where place > %d and place <= %d"
                                .formatted(numbered.formatted(rows, item), offset, offset + limit)),
                items);
    }

    /** Makes one change that shifts the positions of items in one or more lists. */
    private void write() {
        int n = 1 + random.nextInt(ROWS);
        switch (random.nextInt(6)) {
            case 0 -> api.post("/customer_groups", "{\"name\":\"a" + n + "\"}");
            case 1 ->
                api.patch(
                        "/customer_groups/g" + (1 + random.nextInt(5)),
                        "{\"name\":\"g" + (1 + random.nextInt(5)) + "\"}");
            case 2 -> api.delete("/customer_groups/g" + n);
            case 3 -> api.post("/customer_groups/g9/customers", "[{\"name\":\"b" + n + "\"}]");
            case 4 -> api.delete("/customer_groups/g9/customers", "[{\"name\":\"m" + n + "\"}]");
            default -> swapNames();
        }
    }

    /** Renames another group to g9, so that the same path leads to another list. */
    private void swapNames() {
        api.patch("/customer_groups/g9", "{\"name\":\"swap\"}");
        api.patch("/customer_groups/other", "{\"name\":\"g9\"}");
        api.patch("/customer_groups/swap", "{\"name\":\"other\"}");
    }
}
