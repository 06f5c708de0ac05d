package backoffice.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class FarPagesIT extends FarPagesTest {}
