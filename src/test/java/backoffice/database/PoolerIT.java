package backoffice.database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.PgBouncer;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All cases of the packaged application go through a PgBouncer that lends connections for a transaction, where there is one. */
@QuarkusIntegrationTest
class PoolerIT {

    @BeforeEach
    void there_is_a_pgbouncer() {
        if (Boolean.parseBoolean(System.getenv("REQUIRE_PGBOUNCER"))) {
            assertTrue(PgBouncer.isInstalled(), "No PgBouncer is installed, and REQUIRE_PGBOUNCER is set.");
        }
        assumeTrue(
                PgBouncer.isInstalled(), "No PgBouncer is installed: the packaged application is tested without one.");
    }

    @Test
    void the_packaged_application_speaks_through_the_pooler() {
        Api.as(Vendors.ACME).get("/customer_groups").statusCode(200);

        assertThat(PgBouncer.connections(), greaterThan(0L));
    }
}
