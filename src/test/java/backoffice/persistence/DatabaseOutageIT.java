package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Race;
import backoffice.testsupport.SqlConnection;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/api.md, section 8.3: calls get 5001 while the database is away or hangs, and succeed when it is back. */
@Tag("slow")
class DatabaseOutageIT {

    private static final long PROMISED_MILLIS = 5000;
    private static final int CALLERS = 12;
    private static final String READINESS = "/q/health/ready";

    @AutoClose
    private static PostgresProcess database;

    @AutoClose
    private static Running service;

    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        database = new PostgresProcess();
        database.execute("create role service login; grant create on schema public to service");
        service = PackagedApplication.start(settings(database, "true"));
        api = service.as("outage-key");
    }

    @BeforeEach
    void one_group() {
        database.execute("truncate customer, customer_group");
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
    }

    @Test
    void calls_get_5001_while_the_database_is_away_and_succeed_when_it_is_back() throws Exception {
        service.management(READINESS).statusCode(200);
        service.as("wrong").get("/customer_groups").statusCode(401);

        database.kill();
        try {
            callsGet5001();
            // Calls that need no database are answered.
            api.get("/customer_groups?limit=0").statusCode(400).body("status", is(1001));
            api.get("/nope").statusCode(404).body("status", is(1003));
            service.as("wrong").get("/customer_groups").statusCode(401).body("status", is(1102));
            isNotReady(containsString("Connection"));
            awaitReadyGauge("0.0");
        } finally {
            database.start();
        }

        awaitServed();
        api.get("/customer_groups").body("data.total", is(1));
        service.management(READINESS).statusCode(200);
        awaitReadyGauge("1.0");
    }

    @Test
    void calls_get_5001_within_five_seconds_while_the_database_hangs_and_succeed_when_it_resumes() throws Exception {
        database.freeze();
        try {
            callsGet5001();
        } finally {
            database.thaw();
        }

        awaitServed();
        // The statements of before run now, on connections that the service has closed.
        String running = "select count(*) from pg_stat_activity where state <> 'idle' and pid <> pg_backend_pid()";
        Await.atMost(Duration.ofSeconds(10)).until(() -> database.number(running), is(0L));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            alter database postgres rename to away          | alter database away rename to postgres         | (3D000)
            alter database postgres allow_connections false | alter database postgres allow_connections true | (55000)
            revoke connect on database postgres from public | grant connect on database postgres to public   | (42501)
            """)
    void calls_get_5001_while_the_server_lets_nobody_into_the_database(String away, String back, String reason)
            throws Exception {
        // When each new connection is refused
        try (SqlConnection beside = new SqlConnection(database.jdbcUrl("template1"))) {
            beside.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'postgres'");
            beside.execute(away);
            try {
                // Then calls get 5001, and succeed when connections are accepted again
                callsGet5001();
                isNotReady(containsString(reason));
            } finally {
                beside.execute(back);
            }
        }

        awaitServed();
    }

    @Test
    void transactions_whose_sessions_the_server_ends_leave_no_error_in_the_log() throws Exception {
        // Given a list with far pages, which are read in a transaction
        database.execute(
                "insert into customer (vendor, name, reg_date) select 'outage', 'c' || i, now() from generate_series(1, 4000) i");
        int before = Files.readString(service.output()).length();
        List<Callable<Integer>> together = new ArrayList<>(Collections.nCopies(CALLERS, () -> {
            for (int i = 0; i < 30; i++) {
                api.get("/customers?offset=3900");
                api.patch("/customer_groups/none", "{\"name\":\"b\"}");
            }
            return 0;
        }));

        // When the server ends the sessions of running calls
        together.add(() -> {
            for (int i = 0; i < 40; i++) {
                database.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'service'");
                Thread.sleep(50);
            }
            return 0;
        });
        Race.run(together);

        // Then the log has the outage, and no error of each transaction
        String logged = Files.readString(service.output()).substring(before);
        assertThat(logged, containsString("The database is out of reach"));
        assertThat(logged, not(containsString("\"level\":\"ERROR\"")));
        awaitServed();
    }

    @Test
    void a_statement_that_the_database_forbids_is_a_fault() {
        database.execute("revoke select on customer_group from service");
        try {
            api.get("/customer_groups/a").statusCode(500).body("status", is(5000));
            api.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(500).body("status", is(5000));
        } finally {
            database.execute("grant select on customer_group to service");
        }
    }

    @Test
    void an_instance_on_a_standby_answers_reads_and_gives_5001_to_changes() throws Exception {
        // Given an instance on a standby, as docs/scaling.md sets it up
        try (PostgresProcess standby = database.startStandby();
                Running reader = PackagedApplication.start(settings(standby, "false"))) {
            Api onStandby = reader.as("outage-key");

            // When the primary takes a change
            api.post("/customer_groups", "{\"name\":\"b\"}").statusCode(200);

            // Then reads of the standby see it after the lag, and changes get 5001
            Await.atMost(Duration.ofSeconds(10)).until(() -> onStandby.code("/customer_groups/b"), is(200));
            onStandby.post("/customer_groups/data", "{}").statusCode(200).body("data.total", is(2));
            isUnavailable(() -> onStandby.post("/customer_groups", "{\"name\":\"c\"}"));
            isUnavailable(() -> onStandby.post("/customers", "[{\"name\":\"c\"}]"));
            isUnavailable(() -> onStandby.delete("/customer_groups/a"));
            reader.management(READINESS).statusCode(200);
        }
    }

    @Test
    void an_instance_is_not_ready_while_a_table_is_locked() throws Exception {
        try (SqlConnection other = new SqlConnection(database.jdbcUrl("postgres"))) {
            other.execute("begin; lock table customer in access exclusive mode");

            isNotReady(containsString("Timeout"));
            awaitReadyGauge("0.0");
        }
        awaitReadyGauge("1.0");
    }

    @Test
    void an_instance_whose_database_has_no_schema_is_not_ready_and_says_why() {
        database.execute("alter table stored_response rename to hidden");
        try {
            isNotReady(is("ERROR: relation \"stored_response\" does not exist (42P01)"));
        } finally {
            database.execute("alter table hidden rename to stored_response");
        }
    }

    private static Map<String, String> settings(PostgresProcess server, String migrateAtStart) {
        return server.environment(
                "QUARKUS_DATASOURCE_USERNAME=service",
                "BACKOFFICE_MIGRATE_AT_START=" + migrateAtStart,
                "BACKOFFICE_BITKEYS_OUTAGE=outage-key");
    }

    /** Waits up to 10 s, because a recent answer of the database keeps the service ready. */
    private static void isNotReady(Matcher<String> reason) {
        Await.atMost(Duration.ofSeconds(10))
                .until(() -> service.management(READINESS).extract().statusCode(), is(503));
        service.management(READINESS).body("checks.find { it.name == 'database' }.data.reason", reason);
    }

    /** Waits up to 15 s, because the gauge is set each 10 s. Nobody asks for readiness meanwhile. */
    private static void awaitReadyGauge(String value) {
        Await.atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> service.management("/q/metrics").extract().asString(),
                        containsString("\nbackoffice_ready " + value));
    }

    private void awaitServed() {
        Await.atMost(Duration.ofSeconds(2)).until(() -> api.code("/customer_groups"), is(200));
    }

    /** Calls of each kind at the same time. */
    private void callsGet5001() throws InterruptedException {
        Stream<Supplier<ValidatableResponse>> calls = Stream.of(
                () -> api.get("/customer_groups"),
                () -> api.post("/customer_groups", "{\"name\":\"b\"}"),
                () -> api.post("/customer_groups/a/customers", "[{\"name\":\"c\"}]"),
                () -> api.patch("/customer_groups/a", "{\"name\":\"b\"}"),
                () -> api.get("/customers/a/c"),
                () -> api.post("/customers", "[{\"name\":\"c\"}]"),
                () -> api.delete("/customers/c"));
        Race.run(
                calls.map(call -> Executors.callable(() -> isUnavailable(call))).toList());
    }

    private static void isUnavailable(Supplier<ValidatableResponse> call) {
        call.get()
                .statusCode(503)
                .time(lessThan(PROMISED_MILLIS))
                .header("Retry-After", is("1"))
                .body(is("{\"status\":5001,"
                        + "\"msg\":\"The database is out of reach or overloaded; try again later.\"}"));
    }
}
