package backoffice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.CitusCluster;
import backoffice.testsupport.EmptyDatabase;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class MigrationTest {

    private static final String CREATE = "insert into %s.customer_group (vendor, name) values ('a', '%s')";
    private static final String TRIGGERS =
            "select count(*) from pg_trigger where not tgisinternal and tgname not like 'row_count%'";

    @AutoClose
    private final EmptyDatabase database = new EmptyDatabase();

    @Test
    void readiness_expects_the_last_migration_with_the_checksum_of_flyway() {
        migrate("public", "off");

        assertEquals(
                SchemaCheck.LAST_VERSION + " " + SchemaCheck.checksum(),
                database.text("select version || ' ' || checksum from flyway_schema_history"
                        + " where version is not null order by installed_rank desc limit 1"));
    }

    @Test
    void a_database_whose_history_was_never_on_has_no_table_no_function_and_no_trigger_of_it() {
        migrate("public", "off");

        assertEquals("0", database.text(TRIGGERS));
        assertEquals("0", database.text("""
                select (select count(*) from pg_class where relname like '%history' and relname <> 'flyway_schema_history')
                    + (select count(*) from pg_proc where proname like 'history%')"""));
    }

    @Test
    void a_process_with_the_history_off_leaves_that_of_another_and_only_its_removal_takes_it_away() {
        // Given a history that a process has switched on
        migrate("public", "on");
        String functions = "select string_agg(xmin::text, ' ') from pg_proc where proname like 'history%'";
        String created = database.text(functions);

        // When others migrate, then it goes on, and nothing is created again
        migrate("public", "off");
        migrate("public", "true");
        database.execute(CREATE.formatted("public", "recorded"));
        assertEquals("4", database.text(TRIGGERS));
        assertEquals(created, database.text(functions));

        // When it is removed, it is off until a process switches it on, and its rows stay
        migrate("public", "remove");
        migrate("public", "off");
        assertEquals("0", database.text(TRIGGERS));
        database.execute(CREATE.formatted("public", "not recorded"));
        migrate("public", "on");
        database.execute(CREATE.formatted("public", "recorded again"));
        assertEquals(
                "recorded, recorded again",
                database.text("select string_agg(after ->> 'name', ', ' order by id) from history"));
    }

    @Test
    void what_the_history_lacks_or_has_of_another_version_comes_back_with_the_next_migration() {
        migrate("public", "on");
        for (String damage : List.of(
                "drop trigger history_update on customer",
                "alter table customer_group disable trigger history_insert",
                "create or replace function history_record() returns trigger language plpgsql"
                        + " as 'begin return null; end'; comment on function history_record() is 'of another version'",
                "drop function history_record() cascade",
                "drop table history")) {
            database.execute(damage);

            migrate("public", "on");

            String name = String.valueOf(damage.hashCode());
            database.execute(CREATE.formatted("public", name));
            assertEquals("1", database.text("select count(*) from history where after ->> 'name' = '" + name + "'"));
            assertEquals("4", database.text(TRIGGERS + " and tgenabled = 'O'"));
        }
    }

    @Test
    void functions_find_the_tables_with_any_search_path_and_beside_temporary_tables_of_the_same_name() {
        database.useSchema("Our tables");
        migrate("Our tables", "on");

        database.execute("set search_path = public; create temporary table history (vendor text);"
                + " create temporary table customer_group (vendor text); create temporary table row_count (vendor text);"
                + CREATE.formatted("\"Our tables\"", "g")
                + "; insert into \"Our tables\".customer (vendor, name, group_id, reg_date)"
                + " select 'a', 'c', id, now() from \"Our tables\".customer_group");

        assertEquals(
                "search_path=\"Our tables\", pg_temp",
                database.text("select string_agg(distinct setting, ' | ') from pg_proc, unnest(proconfig) setting"
                        + " where setting like 'search_path=%' and pronamespace = '\"Our tables\"'::regnamespace"));
        assertEquals("g", database.text("select after ->> 'groupName' from history where id = 2"));
        assertEquals(
                "customers 1, groups 1, members 1",
                database.text("select string_agg(list || ' ' || rows, ', ' order by list) from row_count"));
        database.execute("truncate customer_group cascade");
        assertEquals(0, number("select coalesce(sum(rows), 0) from row_count"));
    }

    @Test
    void no_statistics_on_the_vendor_mislead_the_planner() {
        migrate("public", "off");
        database.execute(CREATE.formatted("public", "g") + "; analyze customer_group");

        assertEquals(
                "created_at id name",
                database.text("select string_agg(attname, ' ' order by attname) from pg_stats"
                        + " where tablename = 'customer_group'"));
    }

    @Test
    void changes_delete_expired_rows_of_their_vendor_by_the_primary_key() {
        migrate("public", "on");
        database.execute("insert into history (vendor, changed_at, type, who)"
                + " select v, now() - interval '91 days', 'group.created', '{}'"
                + " from generate_series(1, 20000) i, unnest(array['a', 'b', 'c']) v;"
                + " insert into history (vendor, type, who) select 'a', 'group.created', '{}' from generate_series(1, 100);"
                + " analyze history");

        database.execute("begin; set local backoffice.actor = '{\"retention\": 7776000}';"
                + " insert into customer_group (vendor, name) select 'a', i::text from generate_series(1, 3000) i;"
                + " create table scans as select pg_stat_get_xact_numscans('history'::regclass) as sequential; commit");

        // About 47 of the 3,000 changes delete 256 rows each.
        assertThat(
                number("select count(*) from history where vendor = 'a' and changed_at < now() - interval '1 day'"),
                lessThan(17_000L));
        assertEquals(
                3100,
                number("select count(*) from history where vendor = 'a' and changed_at > now() - interval '1 day'"));
        assertEquals(20_000, number("select count(*) from history where vendor = 'b'"));
        assertEquals(0, number("select sequential from scans"));
    }

    @Test
    void neither_a_plain_postgresql_nor_a_cluster_without_the_schema_is_distributed_and_each_is_told_what_is_missing() {
        assertNotDistributed("ERROR: This database has no Citus.");

        // Given what the script asks a cluster for, on an empty database
        database.execute("insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)"
                + " values (1, 'citus', 10, 11, false, '13.0');"
                + " create table pg_dist_node as select true as isactive, true as shouldhaveshards, 'primary' as noderole;"
                + " create table pg_dist_partition (logicalrelid regclass);"
                + " create function run_command_on_all_nodes(text) returns table (result text)"
                + " language sql as $$ select 'on' $$");

        assertNotDistributed("ERROR: This database has no table customer_group, customer, row_count, stored_response,"
                + " bitkey. Run the command \"schema migrate\" first.");
    }

    private void assertNotDistributed(String reason) {
        Exception refusal =
                assertThrows(IllegalStateException.class, () -> database.execute(CitusCluster.distribution()));

        assertThat(refusal.getCause().getMessage(), startsWith(reason));
    }

    private long number(String query) {
        return Long.parseLong(database.text(query));
    }

    private void migrate(String schema, String history) {
        Flyway.configure()
                .defaultSchema(schema)
                .locations("db/migration", "db/history")
                .placeholders(Map.of("history", history))
                .dataSource(database.url(), database.user, EmptyDatabase.PASSWORD)
                .load()
                .migrate();
    }
}
