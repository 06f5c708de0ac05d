package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 10.1: SQL by hand is recorded in a session that has the setting changes.call. */
@QuarkusTest
@TestProfile(ChangesOn.class)
@DisabledIf(
        value = "backoffice.testsupport.CitusCluster#isConfigured",
        disabledReason = "Citus does not tell the workers the setting of a session (docs/scaling.md)")
class SqlByHandTest {

    private static final String RECORDED = "set changes.call = 'ticket 17'; ";

    private final Feed feed = new Feed(Vendors.ACME);

    @BeforeEach
    void customers_in_groups() {
        Sql.clean();
        Api acme = Api.as(Vendors.ACME);
        acme.post("/customer_groups", "{\"name\":\"a\"}");
        acme.post("/customer_groups", "{\"name\":\"b\"}");
        acme.post("/customers", "[{\"name\":\"x\"},{\"name\":\"y\"},{\"name\":\"z\"}]");
        acme.post("/customer_groups/a/customers", "[{\"name\":\"x\"},{\"name\":\"y\"}]");
    }

    @Test
    void it_is_recorded_as_the_setting_says() {
        String cursor = feed.latest();

        Sql.execute(RECORDED + "update customer set city = 'Wuhan' where name = 'x'");
        Sql.execute(
                "set changes.call = '{\"call\":\"clean-up\",\"bitkey\":\"Li\"}'; delete from customer where name = 'z'");

        List<Feed.Events> events = List.of(feed.after(cursor));
        assertEquals(
                List.of("customer.changed: a/x > a/x", "customer.deleted: z > -"),
                events.get(0).lines());
        assertEquals("ticket 17", events.get(0).items().get(0).get("call"));
        assertEquals("clean-up", events.get(0).last("call"));
        assertEquals("Li", events.get(0).last("bitkey"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "set changes.call = ''; ", "begin; set local changes.call = 'x'; commit; "})
    void without_the_setting_it_is_not_recorded(String before) {
        String cursor = feed.latest();

        Sql.execute(before
                + "update customer set city = 'Wuhan'; insert into customer_group (vendor, name) values ('acme', 'c')");

        assertEquals(List.of(), feed.after(cursor).lines());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | update customer set city = 'Wuhan' where name = 'x'",
                "3 | update customer set city = 'Wuhan'",
                "0 | update customer set city = city, name = name",
                "1 | update customer set group_id = null where name = 'x'",
                "2 | update customer set group_id = (select id from customer_group where name = 'b') where group_id is not null",
                "2 | update customer set group_id = null, city = 'Wuhan' where name = 'x'",
                "6 | update customer set name = concat(name, '1')",
                "2 | update customer_group set name = concat(name, '1')",
                "2 | insert into customer_group (vendor, name) values ('acme', 'c'), ('acme', 'd')",
                "1 | delete from customer_group where name = 'b'",
                "3 | delete from customer",
                "1 | insert into customer (vendor, name, reg_date, city) values ('acme', 'w', '0001-01-01 23:59:59', '\"\\{}')",
                "2 | with w as (delete from customer where name = 'z') insert into customer (vendor, name, reg_date) values ('acme', 'w', now())",
            })
    void a_copy_that_applies_the_events_equals_the_tables(int events, String statement) {
        FeedCopy copy = FeedCopy.read(RestAssured.port, Vendors.ACME);
        String cursor = feed.latest();

        Sql.execute(RECORDED + statement);

        JsonNode news = FeedCopy.json(
                feed.get("/changes?wait=0&after=" + cursor).extract().asString());
        news.forEach(copy::apply);
        assertEquals(FeedCopy.read(RestAssured.port, Vendors.ACME), copy);
        assertEquals(events, news.size());
    }

    @Test
    void a_rename_moves_no_customer_by_an_event_of_its_own() {
        String cursor = feed.latest();

        Sql.execute(RECORDED + "update customer_group set name = 'c' where name = 'a'");
        Sql.execute(RECORDED + "delete from customer where name = 'x'");

        assertEquals(
                List.of("group.renamed: a > c", "customer.deleted: c/x > -"),
                feed.after(cursor).lines());
    }

    @Test
    void a_statement_that_changes_rows_of_several_vendors_is_in_the_feed_of_each() {
        Api.as(Vendors.GLOBEX).post("/customers", "[{\"name\":\"x\"}]");
        String acmes = feed.latest();
        String globexs = new Feed(Vendors.GLOBEX).latest();

        Sql.execute(RECORDED + "update customer set city = 'Wuhan' where name = 'x'");

        assertEquals(List.of("customer.changed: a/x > a/x"), feed.after(acmes).lines());
        assertEquals(
                List.of("customer.changed: x > x"),
                new Feed(Vendors.GLOBEX).after(globexs).lines());
    }

    @Test
    void a_large_statement_has_rows_of_about_two_megabytes() {
        Sql.execute("delete from change");

        Sql.execute(RECORDED + "insert into customer (vendor, name, reg_date, description)"
                + " select 'acme', 'large' || i, now(), repeat(md5(i::text), 60) from generate_series(1, 5000) i");

        assertThat(Sql.number("select max(octet_length(changes::text)) from change"), lessThan(2_500_000L));
        assertThat(Sql.number("select count(*) from change"), greaterThan(3L));
        assertEquals(5000, Sql.number("select sum(jsonb_array_length(changes)) from change"));
    }
}
