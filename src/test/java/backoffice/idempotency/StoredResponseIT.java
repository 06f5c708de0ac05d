package backoffice.idempotency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StoredResponseIT extends StoredResponseTest {}
