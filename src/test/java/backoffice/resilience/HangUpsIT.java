package backoffice.resilience;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HangUpsIT extends HangUpsTest {}
