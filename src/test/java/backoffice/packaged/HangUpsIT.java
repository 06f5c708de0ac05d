package backoffice.packaged;

import backoffice.resilience.HangUpsTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HangUpsIT extends HangUpsTest {}
