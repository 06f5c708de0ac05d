package backoffice.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import backoffice.testsupport.EmptyDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** The schema comes to be on every PostgreSQL that an operator may have; trigram indexes come where they can. */
class MigrationTest {

    private static final String TRIGRAM_INDEXES =
            "select string_agg(indexname, ' ' order by indexname) from pg_indexes where indexdef like '%gin_trgm_ops%'";
    private static final String ALL =
            "customer_group_name_trgm_idx customer_name_trgm_idx customer_reference_id_trgm_idx";

    @Test
    void a_user_who_may_create_extensions_gets_trigram_indexes() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.allowExtensions();

            migrate(database);

            assertEquals(ALL, database.text(TRIGRAM_INDEXES));
        }
    }

    @Test
    void an_extension_that_is_there_is_used_in_whatever_schema_it_is() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.execute("create schema \"Extra things\"");
            database.execute("create extension pg_trgm schema \"Extra things\"");
            database.execute("grant usage on schema \"Extra things\" to " + EmptyDatabase.USER);

            migrate(database);

            assertEquals(ALL, database.text(TRIGRAM_INDEXES));
        }
    }

    @Test
    void without_the_extension_and_the_right_to_create_it_all_but_the_trigram_indexes_is_there() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            migrate(database);

            assertNull(database.text(TRIGRAM_INDEXES));
            assertEquals("0", database.text("select count(*) from customer"));
        }
    }

    @Test
    void tallies_begin_with_what_is_there() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            migrate(database, "4");
            database.execute("insert into customer_group (vendor, name) values ('a', 'g'), ('a', 'h'), ('b', 'g')");
            database.execute("insert into customer (vendor, name, group_id, reg_date)"
                    + " select vendor, 'c', id, now() from customer_group where name = 'g'");

            migrate(database);

            assertEquals(
                    "a -1 1, a 0 2, a 1 1, b -1 1, b 0 1, b 3 1",
                    database.text("select string_agg(vendor || ' ' || list || ' ' || total, ', ' order by vendor, list)"
                            + " from tally"));
        }
    }

    private static void migrate(EmptyDatabase database) {
        migrate(database, "latest");
    }

    private static void migrate(EmptyDatabase database, String target) {
        Flyway.configure()
                .target(target)
                .dataSource(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD)
                .load()
                .migrate();
    }
}
