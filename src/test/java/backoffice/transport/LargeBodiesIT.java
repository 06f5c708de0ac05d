package backoffice.transport;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LargeBodiesIT extends LargeBodiesTest {}
