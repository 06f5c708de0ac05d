package backoffice.transport;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RoutingIT extends RoutingTest {}
