package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.SqlConnection;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A pipeline that is set up as docs/change-data-capture.md says gets each change, in the order of the commits. It is a
 * subscription of PostgreSQL in a second database.
 */
@Tag("slow")
class ChangeDataCaptureIT {

    private static final Page PAGE = Page.of("docs/change-data-capture.md");
    private static final String KEY = "key-of-acme";
    private static final String OTHER_KEY = "key-of-globex";
    private static final int KILLS = 7;
    private static final int TRANSACTIONS_BETWEEN_KILLS = 60;
    private static final int WRITERS = 4;

    /** Records each change that arrives, with the transaction that applies it. */
    private static final String RECORD = """
        create table received (id bigserial, xid text default pg_current_xact_id()::text, change text);
        create function receive() returns trigger language plpgsql as $$ begin
          insert into public.received (change) values (format('%s: %s > %s', tg_table_name,
            concat_ws(' of ', to_jsonb(old) ->> 'name', to_jsonb(old) ->> 'group_id'),
            concat_ws(' of ', to_jsonb(new) ->> 'name', to_jsonb(new) ->> 'group_id')));
          return null;
        end $$;
        create trigger receive after insert or update or delete on customer for each row execute function receive();
        create trigger receive after insert or update or delete on customer_group for each row execute function receive();
        alter table customer enable always trigger receive;
        alter table customer_group enable always trigger receive;
        """;

    private static final String RECEIVED = """
        select string_agg(changes, E'\\n' order by first)
        from (select min(id) first, string_agg(change, ', ' order by id) changes from received group by xid) t
        """;

    private static final String ROWS = "select concat("
            + "(select string_agg(concat_ws(' ', id, name), ', ' order by id) from customer_group), '; ',"
            + "(select string_agg(concat_ws(' ', id, name, group_id), ', ' order by id) from customer))";

    private final int port = Ports.free();
    private final Api acme = Api.as(KEY).on(port);
    private PostgresProcess postgres;
    private Running service;
    private SqlConnection pipeline;

    @BeforeEach
    void start() throws Exception {
        Map<String, String> settings = settings("ini");
        settings.put("wal_retrieve_retry_interval", "100ms");
        postgres = new PostgresProcess(settings);
        service = PackagedApplication.start(port, Ports.free(), environment(postgres.url()));
        service.awaitListening();
        postgres.execute(PAGE.blocks("sql").get(0).text());

        postgres.execute("create database pipeline");
        String copy = postgres.url().replaceFirst("\\w+$", "pipeline");
        PackagedApplication.command(environment(copy), "schema", "migrate");
        Map<String, String> page = settings("properties");
        String user = "user=%s&password=%s".formatted(page.get("database.user"), page.get("database.password"));
        try (SqlConnection owner = new SqlConnection("jdbc:" + postgres.url() + "?" + user)) {
            owner.text("select pg_create_logical_replication_slot('%s', '%s')"
                    .formatted(page.get("slot.name"), page.get("plugin.name")));
        }
        pipeline = new SqlConnection("jdbc:" + copy + "?user=" + postgres.user());
        pipeline.execute(RECORD);
        pipeline.execute(
                "create subscription pipeline connection '%s?%s' publication %s with (create_slot = false, slot_name = %s, copy_data = false)"
                        .formatted(postgres.url(), user, page.get("publication.name"), page.get("slot.name")));
    }

    @AfterEach
    void stop() throws IOException {
        pipeline.close();
        service.close();
        postgres.close();
    }

    @Test
    void each_call_is_a_transaction_and_they_come_in_the_order_of_their_commits() {
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        Api.as(OTHER_KEY).on(port).post("/customer_groups", "{\"name\":\"of another vendor\"}");
        acme.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"},{\"name\":\"y\"}]")
                .statusCode(200);
        acme.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(200);
        acme.post("/customer_groups/b/customers", "[{\"name\":\"y\"}]").statusCode(200);
        acme.delete("/customers/b/x").statusCode(200);

        await(() -> transactions() == 5);
        assertEquals("""
                customer_group:  > a
                customer:  > y, customer:  > x of 1
                customer_group: a > b
                customer: y > y of 1
                customer: x of 1 > \
                """, pipeline.text(RECEIVED));
    }

    @Test
    void a_consumer_that_is_killed_and_goes_on_loses_nothing() {
        // Given callers that change groups and customers
        AtomicBoolean calling = new AtomicBoolean(true);
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> change(writer, calling), Threads.NEW))
                .toList();

        // When the consumer is killed again and again
        for (int kill = 0; kill < KILLS; kill++) {
            long enough = transactions() + TRANSACTIONS_BETWEEN_KILLS;
            await(() -> transactions() >= enough);
            pipeline.text("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where backend_type like 'logical replication%worker'");
        }
        calling.set(false);
        writers.forEach(CompletableFuture::join);

        // Then its copy equals the tables in the end
        await(() -> pipeline.text(ROWS).equals(postgres.text(ROWS)));
    }

    private void change(int writer, AtomicBoolean calling) {
        for (int i = 0; calling.get(); i++) {
            String name = writer + "-" + i;
            acme.post("/customer_groups", "{\"name\":\"%s\"}".formatted(name)).statusCode(200);
            acme.post("/customer_groups/" + name + "/customers", "[{\"name\":\"x\"},{\"name\":\"y\"}]")
                    .statusCode(200);
            acme.patch("/customer_groups/" + name, "{\"name\":\"of %s\"}".formatted(name))
                    .statusCode(200);
            acme.delete("/customers/of%20" + name + "/x").statusCode(200);
        }
    }

    private void await(BooleanSupplier condition) {
        Await.until(Duration.ofSeconds(30), condition, () -> "received: " + pipeline.text(RECEIVED));
    }

    private long transactions() {
        return Long.parseLong(pipeline.text("select count(distinct xid) from received"));
    }

    private Map<String, String> environment(String url) {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                "QUARKUS_DATASOURCE_USERNAME", postgres.user(),
                "BACKOFFICE_BITKEYS_ACME", KEY,
                "BACKOFFICE_BITKEYS_GLOBEX", OTHER_KEY);
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
