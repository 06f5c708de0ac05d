package backoffice.protection;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LargeBodyLimiterIT extends LargeBodyLimiterTest {}
