package backoffice.persistence;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RowCountsIT extends RowCountsTest {}
