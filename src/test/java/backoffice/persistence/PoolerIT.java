package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.PgBouncer;
import backoffice.testsupport.PostgresResource;
import backoffice.testsupport.Programs;
import backoffice.testsupport.Race;
import backoffice.testsupport.Sql;
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

    /** PgBouncer gives the connection of the job to the service, with what the job has set there. */
    @Test
    @Tag("slow")
    void the_retention_job_leaves_each_statement_of_the_service_its_limit() {
        // Given expired rows of several batches
        Bash.require("psql");
        Sql.execute("insert into stored_response select 'acme', 'k' || i, '', '{}', now() - interval '25 hours'"
                + " from generate_series(1, 2500) i");

        // When
        Bash.output("deploy/postgresql/retention.sh", PostgresResource.environmentOfService());

        // Then
        assertEquals(0, Sql.number("select count(*) from stored_response"));
        no_statement_of_a_timed_out_call_runs_one_second_after_its_5001();
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
