package backoffice.schema;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/releasing.md, upgrade rules: this version beside a later one, and after the way back from it. */
@Tag("slow")
@BesideOtherTests
class OlderVersionIT {

    private static final String KEY = "key-of-older-version";

    /** Of each kind that docs/adr/0027 lets a later version add. */
    private static final String LATER = """
            alter table customer add column vat_id text collate "C", add column visits int not null default 0;
            alter table customer_group add column colour text collate "C" not null default 'red';
            create index customer_vendor_city_idx on customer (vendor, city);
            create table tag (vendor text collate "C" not null, name text not null, primary key (vendor, name));
            create or replace function row_count_slot() returns int language sql stable return pg_backend_pid() % 32;
            """;

    @TempDir
    private Path migrations;

    @AutoClose
    private final EmptyDatabase database = new EmptyDatabase();

    private final Map<String, String> environment =
            database.environment("BACKOFFICE_BITKEYS_ACME=" + KEY, "BACKOFFICE_HISTORY=on");

    @BeforeEach
    void write_the_later_migration() throws Exception {
        Files.writeString(migrations.resolve("V999__later.sql"), LATER);
    }

    @Test
    void an_instance_serves_each_call_after_a_later_version_has_added_to_the_schema_under_it() throws Exception {
        try (Running service = PackagedApplication.start(environment)) {
            assertServesEachCall(service, "before");

            migrateToLaterVersion();

            assertServesEachCall(service, "after");
        }
    }

    @Test
    void after_the_way_back_it_migrates_nothing_serves_each_call_and_keeps_what_the_later_version_wrote()
            throws Exception {
        // Given what a later version has written
        migrateToLaterVersion();
        database.execute(
                "insert into customer_group (vendor, name, colour) values ('acme', 'later', 'blue');"
                        + " insert into customer (vendor, name, reg_date, vat_id, visits) values ('acme', 'later', now(), 'DE1', 7)");

        // When a pod of this version migrates and starts
        Outcome migration = PackagedApplication.command(environment, "schema", "migrate");
        assertEquals("Migrations applied: 0. The schema has version 999.\n", migration.out(), migration.err());
        try (Running service = PackagedApplication.start(environment)) {

            // Then it serves each call
            assertServesEachCall(service, "back");

            // And its changes of these rows leave the columns alone that it does not know
            Api api = service.as(KEY);
            api.post("/customers", "[{\"name\":\"later\",\"city\":\"Wuhan\"}]").statusCode(200);
            api.patch("/customers", "[{\"name\":\"later\",\"newName\":\"renamed\"}]")
                    .statusCode(200);
            api.post("/customer_groups/later/customers", "[{\"name\":\"renamed\"}]")
                    .statusCode(200);
            api.patch("/customer_groups/later", "{\"name\":\"moved\"}").statusCode(200);
            assertEquals(
                    "moved blue renamed Wuhan DE1 7",
                    database.text("select concat_ws(' ', g.name, colour, c.name, city, vat_id, visits)"
                            + " from customer c join customer_group g on g.id = group_id where vat_id is not null"));
        }
    }

    private void migrateToLaterVersion() {
        Flyway.configure()
                .locations("db/migration", "db/history", "filesystem:" + migrations)
                .placeholders(Map.of("history", "on"))
                .dataSource(database.url(), database.user, EmptyDatabase.PASSWORD)
                .load()
                .migrate();
    }

    /** @param name of the groups and customers, which no call has used */
    private static void assertServesEachCall(Running service, String name) {
        service.management("/q/health/ready").statusCode(200);
        Api api = service.as(KEY);
        for (String call : """
                POST /customer_groups {'name':'NAME'}
                POST /customer_groups/NAME {'name':'new NAME'}
                PATCH /customer_groups/new%20NAME {'name':'NAME'}
                GET /customer_groups/NAME
                POST /customer_groups/NAME/customers [{'name':'NAME'},{'name':'NAME 2'}]
                POST /customers [{'name':'NAME','groupName':'NAME','city':'Xiamen'},{'name':'NAME 3'}]
                PATCH /customers [{'name':'NAME 3','newName':'NAME 4','referenceId':'NAME'}]
                GET /customers/NAME/NAME
                GET /customers/NAME%204
                POST /customer_groups/data {'querys':[{'name':'name','op':'like','values':['NAME%']}]}
                POST /customers/data {'querys':[{'name':'any','op':'contains','values':['xia']}],'sorts':[{'name':'regDate'}]}
                GET /customers?offset=2000
                DELETE /customer_groups/NAME/customers [{'name':'NAME 2'}]
                DELETE /customers/NAME%202
                DELETE /customers [{'name':'NAME 4'}]
                GET /backoffice/history?customer=NAME
                GET /backoffice/key
                """.replace("NAME", name).replace('\'', '"').split("\n")) {
            String[] parts = call.split(" ", 3);
            api.with("x-bit-req-id", name + call.hashCode())
                    .send(parts[0], parts[1], parts.length < 3 ? "" : parts[2])
                    .statusCode(200);
        }
        api.get("/customer_groups/" + name + "/customers")
                .body("data", is(Map.of("total", 1, "items", List.of(Map.of("name", name, "groupName", name)))));
        api.get("/backoffice/history?customer=" + name)
                .body("data.items.type", contains("customer.changed", "customer.created"));
        assertThat(api.get("/customers").extract().<List<String>>path("data.items.city"), hasItem("Xiamen"));
    }
}
