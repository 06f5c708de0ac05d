package backoffice.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.EmptyDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The migration of the record of changes. */
class ChangesMigrationTest {

    @Test
    void the_function_with_the_rights_of_its_owner_looks_among_temporary_tables_last() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.useSchema("Our tables");
            Flyway.configure()
                    .defaultSchema("Our tables")
                    .dataSource(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD)
                    .load()
                    .migrate();

            assertEquals(
                    "change_order search_path=\"Our tables\", pg_temp",
                    database.text(
                            "select string_agg(proname || ' ' || array_to_string(proconfig, ''), ' | ') from pg_proc"
                                    + " where prosecdef"));
            database.execute("set search_path = public; set changes.call = 'x';"
                    + " create temporary table change (vendor text, era int, position bigint);"
                    + " create temporary table customer_group (vendor text);"
                    + " insert into \"Our tables\".customer_group (vendor, name) values ('a', 'g')");
            assertEquals("1", database.text("select count(*) from change"));
        }
    }
}
