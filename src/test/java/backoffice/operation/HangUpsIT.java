package backoffice.operation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HangUpsIT extends HangUpsTest {}
