package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PgBouncer;
import backoffice.testsupport.Programs;
import backoffice.testsupport.Race;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Collections;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** If a PgBouncer is installed, all tests of the packaged application connect through it, in transaction mode. */
@QuarkusIntegrationTest
class PoolerIT extends StatementLimitTest {

    @BeforeEach
    void require_a_pgbouncer() {
        Programs.require("REQUIRE_PGBOUNCER", "pgbouncer");
    }

    @Test
    void the_packaged_application_connects_through_pgbouncer() {
        api.get("/customer_groups").statusCode(200);

        assertThat(PgBouncer.connections(), greaterThan(0L));
    }

    /** PgBouncer may execute an unnamed prepared statement on another connection than the one that prepared it. */
    @Test
    @Tag("slow")
    void concurrent_long_searches_all_succeed() {
        // Given a search whose statement is longer than the statements that PostgreSQL clients usually cache
        String query = "{\"name\":\"referenceId\",\"op\":\"not like\",\"values\":[\"a\",\"b\",\"c\",\"d\"]}";
        String search = "{\"querys\":[" + String.join(",", Collections.nCopies(32, query)) + "]}";

        // When many clients send it concurrently, then every client gets its answer
        Callable<Integer> call =
                () -> api.post("/customers/data", search).extract().statusCode();
        for (int round = 0; round < 4; round++) {
            assertEquals(Collections.nCopies(16, 200), Race.run(Collections.nCopies(16, call)));
        }
    }
}
