package backoffice.history;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.SqlConnection;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The schema of the history, while it is on and while it is off. */
class HistorySchemaTest {

    private static final String CREATE = "insert into %s.customer_group (vendor, name) values ('a', '%s')";
    private static final String TRIGGERS =
            "select count(*) from pg_trigger where not tgisinternal and tgname not like 'row_count%'";

    @AutoClose
    private final EmptyDatabase database = new EmptyDatabase();

    @Test
    void a_database_whose_history_was_never_on_has_no_table_no_function_and_no_trigger_of_it() {
        migrate("public", "off");

        assertEquals("0", database.text(TRIGGERS));
        assertEquals("0", database.text("""
                select (select count(*) from pg_class where relname like '%history' and relname <> 'flyway_schema_history')
                    + (select count(*) from pg_proc where proname like 'history%')"""));
    }

    @Test
    void the_setting_of_the_last_migration_decides_and_rows_stay() {
        migrate("public", "on");
        database.execute(CREATE.formatted("public", "recorded"));
        migrate("public", "off");
        database.execute(CREATE.formatted("public", "not recorded"));
        assertEquals("0", database.text(TRIGGERS));
        migrate("public", "true");
        migrate("public", "true");
        database.execute(CREATE.formatted("public", "recorded again"));

        assertEquals("4", database.text(TRIGGERS));
        assertEquals(
                "recorded, recorded again",
                database.text("select string_agg(after ->> 'name', ', ' order by id) from history"));
    }

    @Test
    void the_triggers_find_their_table_with_any_search_path_and_beside_temporary_tables_of_the_same_name() {
        database.useSchema("Our tables");
        migrate("Our tables", "on");

        database.execute("set search_path = public; create temporary table history (vendor text);"
                + " create temporary table customer_group (vendor text);"
                + CREATE.formatted("\"Our tables\"", "g")
                + "; insert into \"Our tables\".customer (vendor, name, group_id, reg_date)"
                + " select 'a', 'c', id, now() from \"Our tables\".customer_group");

        assertEquals("g", database.text("select after ->> 'groupName' from \"Our tables\".history where id = 2"));
    }

    @Test
    void changes_delete_expired_rows_of_their_vendor_by_the_primary_key() {
        migrate("public", "on");
        database.execute("insert into history (vendor, changed_at, type, who)"
                + " select v, now() - interval '91 days', 'group.created', '{}'"
                + " from generate_series(1, 20000) i, unnest(array['a', 'b', 'c']) v;"
                + " insert into history (vendor, type, who) select 'a', 'group.created', '{}' from generate_series(1, 100);"
                + " analyze history");

        long sequentialScans;
        try (SqlConnection session = new SqlConnection(
                database.url() + "?user=" + EmptyDatabase.USER + "&password=" + EmptyDatabase.PASSWORD)) {
            session.execute("begin; set local backoffice.actor = '{\"retention\": 7776000}';"
                    + " insert into customer_group (vendor, name) select 'a', i::text from generate_series(1, 3000) i");
            sequentialScans = Long.parseLong(session.text("select pg_stat_get_xact_numscans('history'::regclass)"));
            session.execute("commit");
        }

        // About 47 of the 3,000 changes delete 256 rows each.
        assertThat(
                number("select count(*) from history where vendor = 'a' and changed_at < now() - interval '1 day'"),
                lessThan(17_000L));
        assertEquals(
                3100,
                number("select count(*) from history where vendor = 'a' and changed_at > now() - interval '1 day'"));
        assertEquals(20_000, number("select count(*) from history where vendor = 'b'"));
        assertEquals(0, sequentialScans);
    }

    private long number(String query) {
        return Long.parseLong(database.text(query));
    }

    private void migrate(String schema, String history) {
        Flyway.configure()
                .defaultSchema(schema)
                .locations("db/migration", "db/history")
                .placeholders(Map.of("history", history))
                .dataSource(database.url(), EmptyDatabase.USER, EmptyDatabase.PASSWORD)
                .load()
                .migrate();
    }
}
