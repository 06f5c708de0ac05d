package backoffice.packaged;

import backoffice.http.RoutingTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RoutingIT extends RoutingTest {}
