package backoffice.replay;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReplayIT extends ReplayTest {}
