package backoffice.packaged;

import backoffice.pagination.RowCountsTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RowCountsIT extends RowCountsTest {}
