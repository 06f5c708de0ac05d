package backoffice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;

/** The migration of the schema, from an empty database. */
class MigrationTest {

    @Test
    void no_statistics_on_the_vendor_mislead_the_planner() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            migrate(database, Flyway.configure());
            database.execute("insert into customer_group (vendor, name) values ('a', 'g')");
            database.execute("analyze customer_group");

            assertEquals(
                    "created_at id name",
                    database.text("select string_agg(attname, ' ' order by attname) from pg_stats"
                            + " where tablename = 'customer_group'"));
        }
    }

    @Test
    void the_optional_index_serves_searches_for_a_part_of_a_name() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.allowExtensions();
            migrate(database, Flyway.configure());
            Stream.of(RepositoryFiles.text(Path.of("src/main/resources/db/optional/contains_index.sql"))
                            .replaceAll("--.*", "")
                            .split(";"))
                    .filter(statement -> !statement.isBlank())
                    .forEach(database::execute);
            database.execute("insert into customer (vendor, name, reg_date)"
                    + " select 'a', md5(i::text), now() from generate_series(1, 50000) i");
            database.execute("analyze customer");

            assertThat(
                    database.text("explain (format json) select count(*) from customer"
                            + " where vendor = 'a' and name like '%abcdef%'"),
                    containsString("customer_vendor_name_trgm_idx"));
        }
    }

    @Test
    void functions_find_the_tables_with_any_search_path_and_beside_temporary_tables_of_the_same_name() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.execute("create schema \"Our tables\" authorization " + EmptyDatabase.USER);
            migrate(database, Flyway.configure().defaultSchema("Our tables"));

            assertEquals(
                    "search_path=\"Our tables\", pg_temp",
                    database.text("select string_agg(distinct setting, ' | ') from pg_proc, unnest(proconfig) setting"
                            + " where setting like 'search_path=%' and pronamespace = '\"Our tables\"'::regnamespace"));
            database.execute("create temporary table row_count (vendor text);"
                    + " insert into \"Our tables\".customer_group (vendor, name) values ('a', 'g');"
                    + " insert into \"Our tables\".customer (vendor, name, reg_date) values ('a', 'c', now())");
            assertEquals(
                    "customers 1, groups 1",
                    database.text("select string_agg(list || ' ' || rows, ', ' order by list) from \"Our"
                            + " tables\".row_count"));
            database.execute("truncate \"Our tables\".customer_group cascade");
            assertEquals("0", database.text("select sum(rows) from \"Our tables\".row_count"));
        }
    }

    private static void migrate(EmptyDatabase database, FluentConfiguration flyway) {
        flyway.dataSource(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD)
                .load()
                .migrate();
    }
}
