package backoffice.persistence;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to a server that takes no changes any more, as after a failover, are replaced. */
@QuarkusTest
class StandbyTest {

    private static final int CALLS = 40;

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void empty() {
        Sql.clean();
    }

    @AfterEach
    void reset() {
        Sql.execute("alter role postgres reset default_transaction_read_only");
        Sql.execute("alter system reset default_transaction_read_only");
        Sql.execute("select pg_reload_conf()");
    }

    @Test
    void changes_that_meet_a_standby_are_done_on_new_connections() throws Exception {
        // Given a pool of connections
        create("before");
        String present = "select count(*) from pg_stat_activity where application_name = 'vertx-pg-client'"
                + " and backend_start <= '" + Sql.text("select clock_timestamp()") + "'";

        // When all of them lead to a server that takes no changes, and new ones to a server that takes changes
        Sql.execute("alter role postgres set default_transaction_read_only = off");
        Sql.execute("alter system set default_transaction_read_only = on");
        Sql.execute("select pg_reload_conf()");

        // Then no change fails, and none of the old connections stays
        Sql.awaitAllIdle();
        create("after");
        api.get("/customer_groups").body("data.total", is(2 * CALLS));
        Sql.await(present, 0);
    }

    private void create(String prefix) throws Exception {
        try (Race race = new Race()) {
            race.run(IntStream.range(0, CALLS)
                    .<Race.Call>mapToObj(i -> () -> api.post("/customer_groups", "{\"name\":\"" + prefix + i + "\"}")
                            .statusCode(200)
                            .extract()
                            .statusCode())
                    .toArray(Race.Call[]::new));
        }
    }
}
