package backoffice.persistence;

import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Await;
import backoffice.testsupport.OtherSettings;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Connections to a server that takes no changes any more, as after a failover, do not stay. */
@QuarkusTest
@TestProfile(OtherSettings.class)
@Tag("slow")
class StandbyTest extends ApiTest {

    @AfterEach
    void reset() {
        Sql.execute("alter role postgres reset default_transaction_read_only");
        Sql.execute("alter system reset default_transaction_read_only");
        Sql.execute("select pg_reload_conf()");
    }

    @Test
    void connections_to_a_standby_are_replaced_within_their_lifetime() {
        // Given a pool of connections
        create("before");
        String present = "select count(*) from pg_stat_activity where application_name = 'vertx-pg-client'"
                + " and backend_start <= '" + Sql.text("select clock_timestamp()") + "'";

        // When all of them lead to a server that takes no changes, and new ones to a server that takes changes
        Sql.execute("alter role postgres set default_transaction_read_only = off");
        Sql.execute("alter system set default_transaction_read_only = on");
        Sql.execute("select pg_reload_conf()");

        // Then a call meanwhile gets success or 5001, and none of the old connections stays under this load
        Await.atMost(Duration.ofSeconds(20)).until(() -> {
            int status = api.post("/customer_groups", "{\"name\":\"meanwhile\"}")
                    .extract()
                    .statusCode();
            assertTrue(status == 200 || status == 503, "status " + status);
            return Sql.number(present) == 0;
        });
        create("after");
    }

    private void create(String prefix) {
        Race.run(IntStream.range(0, 40)
                .mapToObj(i -> Executors.callable(() -> createGroups(prefix + i)))
                .toList());
    }
}
