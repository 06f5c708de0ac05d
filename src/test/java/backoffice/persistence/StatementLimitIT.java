package backoffice.persistence;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** Through a PgBouncer, where there is one ({@link PoolerIT}). */
@Tag("slow")
@QuarkusIntegrationTest
class StatementLimitIT extends StatementLimitTest {}
