package backoffice.packaged;

import backoffice.persistence.ConflictsTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConflictsIT extends ConflictsTest {}
