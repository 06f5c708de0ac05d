package backoffice.idempotency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConcurrentRequestsIT extends ConcurrentRequestsTest {}
