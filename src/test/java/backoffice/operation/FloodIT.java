package backoffice.operation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class FloodIT extends FloodTest {}
