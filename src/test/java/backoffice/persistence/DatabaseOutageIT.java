package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.Api;
import backoffice.testsupport.DatabaseProxy;
import backoffice.testsupport.Management;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * docs/api.md, section 8.3: calls get 5001 while the database is unreachable or stalls, and succeed when it is back.
 */
@Order(Integer.MAX_VALUE - 2)
@QuarkusIntegrationTest
@WithTestResource(value = DatabaseProxy.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class DatabaseOutageIT {

    private static final long PROMISED_MILLIS = 5000;

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void one_group() {
        DatabaseProxy.forward();
        Sql.clean();
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @AfterEach
    void disconnect() {
        DatabaseProxy.disconnect();
    }

    @Test
    void calls_get_5001_while_the_database_is_unreachable_and_succeed_when_it_is_back() {
        DatabaseProxy.disconnect();
        calls().forEach(Runnable::run);

        DatabaseProxy.forward();
        api.get("/customer_groups").statusCode(200).body("data.total", is(1));
    }

    @Tag("slow")
    @Test
    void calls_get_5001_within_five_seconds_while_the_database_stalls_and_succeed_when_it_resumes()
            throws InterruptedException {
        DatabaseProxy.stall();
        try (Race race = new Race()) {
            race.run(calls().stream().map(Executors::callable).toList());
        }

        DatabaseProxy.forward();
        api.get("/customer_groups/a").statusCode(200);
        // The stalled statements run now, some on connections that the service has closed. They must end before the
        // next test begins.
        Sql.awaitAllIdle();
    }

    @Test
    void on_a_read_only_database_changes_get_5001_and_reads_succeed() {
        Sql.execute("alter system set default_transaction_read_only = on");
        Sql.execute("select pg_reload_conf()");
        try {
            Sql.await("select setting::boolean::int from pg_settings where name = 'default_transaction_read_only'", 1);
            isUnavailable(() -> api.post("/customer_groups", "{\"name\":\"b\"}"));
            isUnavailable(() -> api.post("/customers", "[{\"name\":\"c\"}]"));
            isUnavailable(() -> api.delete("/customer_groups/a"));
            api.get("/customer_groups").statusCode(200).body("data.total", is(1));
        } finally {
            Sql.execute("alter system reset default_transaction_read_only");
            Sql.execute("select pg_reload_conf()");
        }
        Sql.await("select setting::boolean::int from pg_settings where name = 'default_transaction_read_only'", 0);
        api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);
    }

    @Tag("slow")
    @Test
    void readiness_reports_why_calls_cannot_be_served() {
        Management.get("/q/health/ready").statusCode(200);

        DatabaseProxy.disconnect();
        isNotReady(containsString("Connection"));

        DatabaseProxy.forward();
        api.get("/customer_groups").statusCode(200);
        Management.get("/q/health/ready").statusCode(200);

        Sql.execute("alter table stored_response rename to hidden");
        try {
            isNotReady(is("ERROR: relation \"stored_response\" does not exist (42P01)"));
        } finally {
            Sql.execute("alter table hidden rename to stored_response");
        }
    }

    @Test
    void calls_that_need_no_database_are_answered_during_an_outage() {
        DatabaseProxy.disconnect();

        api.get("/customer_groups?limit=0").statusCode(400).body("status", is(1001));
        api.get("/nope").statusCode(404).body("status", is(1003));
        Api.as("wrong").get("/customer_groups").statusCode(401).body("status", is(1102));
    }

    /** Waits up to 10 s, because a recent answer of the database keeps the service ready. */
    private static void isNotReady(Matcher<String> reason) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (Management.get("/q/health/ready").extract().statusCode() == 200) {
            assertThat(System.nanoTime(), lessThan(deadline));
        }
        Management.get("/q/health/ready")
                .statusCode(503)
                .body("checks.find { it.name == 'database' }.data.reason", reason);
    }

    /** Calls of each kind. Each asserts that it gets 5001. */
    private List<Runnable> calls() {
        return List.of(
                () -> isUnavailable(() -> api.get("/customer_groups")),
                () -> isUnavailable(() -> api.post("/customer_groups", "{\"name\":\"b\"}")),
                () -> isUnavailable(() -> api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]")),
                () -> isUnavailable(() -> api.get("/customers/a/c")),
                () -> isUnavailable(() -> api.post("/customers", "[{\"name\":\"c\"}]")),
                () -> isUnavailable(() -> api.delete("/customers/c")));
    }

    private static void isUnavailable(Supplier<ValidatableResponse> call) {
        long start = System.nanoTime();
        call.get()
                .statusCode(503)
                .header("Retry-After", is("1"))
                .body(is("{\"status\":5001,"
                        + "\"msg\":\"The database is out of reach or overloaded; try again later.\"}"));
        assertThat((System.nanoTime() - start) / 1_000_000, lessThan(PROMISED_MILLIS));
    }
}
