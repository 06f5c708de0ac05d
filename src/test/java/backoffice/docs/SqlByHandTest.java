package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The statements of docs/backup.md and docs/operating.md do what these pages say. */
@QuarkusTest
class SqlByHandTest extends ApiTest {

    private static final List<Shell> STATEMENTS = Page.of("docs/backup.md").blocks("sql");
    private static final String LISTS =
            "select coalesce(string_agg(concat_ws(' ', list, stored, counted), ', '), '') from ("
                    + STATEMENTS.get(0).text().replace(";", "") + ") found";

    @Test
    void wrong_row_counts_are_found_and_corrected() {
        // Given customers that were inserted while the triggers were disabled
        createGroups("g");
        assertEquals("", Sql.text(LISTS));
        Sql.execute("""
                alter table customer disable trigger user;
                insert into customer (vendor, name, group_id, reg_date)
                select vendor, 'c' || i, id, now() from customer_group, generate_series(1, 3) i;
                alter table customer enable trigger user
                """);

        // When
        String found = Sql.text(LISTS);
        Sql.execute(STATEMENTS.get(1).text());

        // Then
        assertEquals("customers 0 3, members 0 3", found);
        assertEquals("", Sql.text(LISTS));
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    @Test
    void a_time_of_a_customer_keeps_its_moment_in_another_zone() {
        api.post("/customers", "[{\"name\":\"a\",\"regDate\":\"2026-01-05 09:00:00\"}]");

        Sql.execute(ofOperating("at time zone"));

        assertEquals("2026-01-05 02:00:00", api.get("/customers/a").extract().path("data.items[0].regDate"));
    }

    @Test
    void the_sizes_of_all_tables_with_rows_are_shown() {
        createGroups("g");
        Sql.execute("analyze customer_group");

        assertEquals(
                1,
                Sql.number("select rows from (" + ofOperating("pg_size_pretty").replace(";", "")
                        + ") table_size where relname = 'customer_group' and bytes_per_row > 8192"));
    }

    static String ofOperating(String text) {
        return Page.of("docs/operating.md").block("sql", text).text();
    }
}
