package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.PostgresResource;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The job of deploy/postgresql deletes what docs/personal-data.md says. */
@QuarkusTest
@TestProfile(OtherSettings.class)
class ExpiredRowsTest extends ApiTest {

    @BeforeAll
    static void programs() {
        Bash.require("psql");
    }

    @Test
    void expired_rows_of_all_vendors_go_and_the_others_stay() {
        // Given a role with the documented rights, and more rows than a batch has
        String rows = """
                insert into stored_response select vendor, 'k' || i, '', '{}', now() - %1$s
                from generate_series(1, %2$d) i, unnest(array['acme', 'globex']) vendor;
                insert into history (vendor, changed_at, type, who)
                select vendor, now() - %1$s * 100, 'group.created', '{}'
                from generate_series(1, %2$d) i, unnest(array['acme', 'globex']) vendor;
                """;
        Sql.execute(rows.formatted("interval '25 hours'", 2500)
                + rows.formatted("interval '23 hours'", 3).replace("'k'", "'valid'")
                + "drop role if exists retention; create role retention login password 'retention';"
                + "grant select, update, delete on stored_response, history to retention");
        try {
            // When
            Bash.output("""
                    export QUARKUS_DATASOURCE_USERNAME=retention QUARKUS_DATASOURCE_PASSWORD=retention
                    BACKOFFICE_HISTORY_RETENTION=100d deploy/postgresql/retention.sh""", PostgresResource.environment());

            // Then
            assertEquals("valid1 valid1 valid2 valid2 valid3 valid3", Sql.text("""
                    select string_agg(idempotency_key, ' ' order by idempotency_key) from stored_response"""));
            assertEquals(6, Sql.number("select count(*) from history"));
        } finally {
            Sql.execute("drop owned by retention; drop role retention");
        }
    }

    @Test
    void expired_responses_go_where_there_is_no_history() {
        Sql.execute("drop schema if exists without_history cascade; create schema without_history;"
                + "create table without_history.stored_response (like public.stored_response);"
                + "insert into without_history.stored_response values ('acme', 'k', '', '{}', '2026-01-01')");
        try {
            Bash.output(
                    "PGOPTIONS='-c search_path=without_history' deploy/postgresql/retention.sh",
                    PostgresResource.environment());

            assertEquals(0, Sql.number("select count(*) from without_history.stored_response"));
        } finally {
            Sql.execute("drop schema without_history cascade");
        }
    }
}
