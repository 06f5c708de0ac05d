package backoffice.packaged;

import backoffice.idempotency.StoredResponseTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class StoredResponseIT extends StoredResponseTest {}
