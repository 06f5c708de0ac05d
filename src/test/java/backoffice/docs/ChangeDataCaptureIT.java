package backoffice.docs;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PostgresProcess;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A pipeline that is set up as docs/change-data-capture.md says gets each change, in the order of the commits. The pipeline
 * is a subscription of another PostgreSQL.
 */
@Tag("slow")
class ChangeDataCaptureIT {

    private static final Page PAGE = Page.of("docs/change-data-capture.md");
    private static final String KEY = "key-of-acme";
    private static final String OTHER_KEY = "key-of-globex";

    /** A subscription executes each transaction that it gets as one, without a search path. Only triggers of replicas run. */
    private static final String RECORD_WHAT_COMES = """
            create table received (number bigserial, transaction bigint default txid_current(), change text);
            create function shown(r jsonb) returns text language sql as
                $$ select coalesce(r ->> 'name' || coalesce(' of ' || (r ->> 'group_id'), ''), 'null') $$;
            create function receive() returns trigger language plpgsql as $$ begin
                insert into public.received (change)
                values (concat(tg_table_name, ': ', public.shown(to_jsonb(old)), ' > ', public.shown(to_jsonb(new))));
                return null;
            end $$;
            create trigger receive after insert or update or delete on customer_group for each row execute function receive();
            create trigger receive after insert or update or delete on customer for each row execute function receive();
            alter table customer_group enable replica trigger receive;
            alter table customer enable replica trigger receive
            """;

    private final Map<String, String> settings = settings("properties");

    @AutoClose
    private PostgresProcess postgres;

    @AutoClose
    private PostgresProcess copy;

    @AutoClose
    private Running service;

    @BeforeEach
    void start() throws Exception {
        postgres = new PostgresProcess(settings("ini"));
        copy = new PostgresProcess(Map.of("wal_retrieve_retry_interval", "200ms"));
        service = PackagedApplication.start(
                postgres.environment("BACKOFFICE_BITKEYS_ACME=" + KEY, "BACKOFFICE_BITKEYS_GLOBEX=" + OTHER_KEY));
        PackagedApplication.command(copy.environment(), "schema", "migrate");
        copy.execute(RECORD_WHAT_COMES);
        postgres.execute(PAGE.blocks("sql").get(0).text());
        postgres.text("select pg_create_logical_replication_slot('%s', '%s')"
                .formatted(settings.get("slot.name"), settings.get("plugin.name")));
        copy.execute("""
                create subscription acme connection 'host=localhost port=%d dbname=postgres user=%s password=%s'
                publication %s with (create_slot = false, slot_name = '%s', copy_data = false)
                """.formatted(
                        postgres.port(),
                        settings.get("database.user"),
                        settings.get("database.password"),
                        settings.get("publication.name"),
                        settings.get("slot.name")));
    }

    @Test
    void each_call_is_a_transaction_in_the_order_of_the_commits_also_for_a_consumer_that_is_killed_and_goes_on()
            throws Exception {
        Api acme = service.as(KEY);
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        service.as(OTHER_KEY).post("/customer_groups", "{\"name\":\"of another vendor\"}");
        acme.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"},{\"name\":\"y\"}]")
                .statusCode(200);
        copy.kill();
        acme.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(200);
        acme.post("/customer_groups/b/customers", "[{\"name\":\"y\"}]").statusCode(200);
        copy.start();
        acme.delete("/customers/b/x").statusCode(200);

        String received = "select count(distinct transaction) from received";
        Await.atMost(Duration.ofSeconds(30)).until(() -> copy.number(received), is(5L));
        assertEquals("""
                customer_group: null > a
                customer: null > y, customer: null > x of 1
                customer_group: a > b
                customer: y > y of 1
                customer: x of 1 > null""", copy.text("""
                select string_agg(changes, e'\\n' order by first) from (
                    select string_agg(change, ', ' order by number) as changes, min(number) as first
                    from received group by transaction) received"""));
    }

    /** The settings of the block of the page in a language. */
    private static Map<String, String> settings(String language) {
        return PAGE.blocks(language)
                .get(0)
                .text()
                .lines()
                .map(line -> line.split(" *= *", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }
}
