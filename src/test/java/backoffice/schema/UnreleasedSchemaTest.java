package backoffice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.RowCountCheck;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script that upgrades the schema of an unreleased version. */
class UnreleasedSchemaTest {

    private static final String DATA = """
            insert into customer_group (vendor, name) values ('a', 'g'), ('a', 'h'), ('b', 'g');
            insert into customer (vendor, name, group_id, reg_date)
            select vendor, 'c' || i, id, now() from customer_group, generate_series(1, 2) i where name = 'g';
            insert into customer (vendor, name, reg_date) values ('a', 'c', now());
            insert into replay (vendor, request_id, fingerprint, answer) values ('a', 'id-1', 'f', 'r');
            insert into change (vendor, call, request_id, changes) values ('a', 'x', 'id-1', '[]')
            """;

    /** All that the catalogs say about the tables and functions of a schema. */
    private static final String CATALOG = """
            select string_agg(line, E'\\n' order by line collate "C") from (
                select concat_ws(' ', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod),
                    attcollation::regcollation, attnotnull, attidentity, attstattarget, pg_get_expr(adbin, adrelid))
                from pg_attribute join pg_class c on c.oid = attrelid left join pg_attrdef on (adrelid, adnum) = (attrelid, attnum)
                where relkind = 'r' and attnum > 0 and relnamespace = quote_ident(current_schema())::regnamespace
                union all
                select concat_ws(' ', 'table', relname, relkind, reloptions) from pg_class
                where relnamespace = quote_ident(current_schema())::regnamespace
                union all
                select indexdef from pg_indexes where schemaname = current_schema()
                union all
                select concat_ws(' ', conrelid::regclass, conname, pg_get_constraintdef(oid)) from pg_constraint
                where connamespace = quote_ident(current_schema())::regnamespace
                union all
                select pg_get_triggerdef(t.oid) from pg_trigger t join pg_class c on c.oid = tgrelid
                where not tgisinternal and relnamespace = quote_ident(current_schema())::regnamespace
                union all
                select pg_get_functiondef(p.oid) from pg_proc p
                where pronamespace = quote_ident(current_schema())::regnamespace and prolang <> (select oid from pg_language where lanname = 'c')
            ) every (line)
            """;

    @ParameterizedTest
    @ValueSource(strings = {"public", "Our tables"})
    void an_upgraded_schema_equals_a_new_one_and_has_all_rows(String schema) {
        String expected;
        String version;
        try (EmptyDatabase database = new EmptyDatabase()) {
            database.useSchema(schema);
            version = flyway(database, schema).migrate().targetSchemaVersion;
            expected = database.text(CATALOG);
        }
        try (EmptyDatabase database = new EmptyDatabase()) {
            // Given the schema of an unreleased version with data
            database.useSchema(schema);
            UnreleasedSchema.create(database, schema);
            database.execute(DATA);

            // When
            UnreleasedSchema.upgrade(database);
            flyway(database, schema).migrate();

            // Then all rows are there, and are counted
            assertEquals("0", database.text(RowCountCheck.WRONG_ROW_COUNTS));
            assertEquals(
                    "3 5",
                    database.text("select (select count(*) from customer_group) || ' ' || count(*) from customer"));
            assertEquals(
                    "a id-1 f r",
                    database.text("select concat_ws(' ', vendor, idempotency_key, convert_from(fingerprint, 'UTF8'),"
                            + " convert_from(response, 'UTF8')) from stored_response"));
            assertEquals("a id-1", database.text("select concat_ws(' ', vendor, idempotency_key) from change"));

            // And the schema is the new one, apart from the record of an option that is no longer there
            if (!expected.contains("change_order")) {
                database.execute("drop table change; drop function change_order()");
            }
            assertEquals(expected, database.text(CATALOG));
            assertEquals(
                    version,
                    flyway(database, schema).info().current().getVersion().getVersion());
            database.execute("delete from customer where name = 'c1'; delete from customer_group where name = 'h'");
            assertEquals("0", database.text(RowCountCheck.WRONG_ROW_COUNTS));
        }
    }

    @Test
    void users_keep_their_rights_to_the_tables() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            UnreleasedSchema.create(database, "public");
            database.execute("create role \"Our service\"");
            try {
                database.execute(
                        "grant select, insert, update, delete on all tables in schema public to \"Our service\";"
                                + " grant select on tally to public");

                UnreleasedSchema.upgrade(database);

                assertEquals(
                        "row_count stored_response",
                        database.text(
                                "select string_agg(name, ' ') from unnest(array['row_count', 'stored_response']) name"
                                        + " where has_table_privilege('Our service', name, 'select, insert')"));
            } finally {
                database.execute("drop owned by \"Our service\"; drop role \"Our service\"");
            }
        }
    }

    @Test
    void an_incomplete_schema_of_before_is_refused_and_stays_as_it_is() {
        try (EmptyDatabase database = new EmptyDatabase()) {
            UnreleasedSchema.create(database, "public");
            database.execute("delete from flyway_schema_history where version = '11'");

            Throwable refusal = assertThrows(IllegalStateException.class, () -> UnreleasedSchema.upgrade(database));

            assertThat(refusal.getCause().getMessage(), containsString("Only a schema with the migrations V1 to V11"));
            assertEquals("0", database.text("select count(*) from tally"));
        }
    }

    private static Flyway flyway(EmptyDatabase database, String schema) {
        return UnreleasedSchema.flyway(database, schema).load();
    }
}
