package backoffice.persistence;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

/** Connects through a PgBouncer if one is installed ({@link PoolerIT}). */
@Tag("slow")
@QuarkusIntegrationTest
class StatementLimitIT extends StatementLimitTest {}
