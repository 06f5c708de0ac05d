package backoffice.persistence;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConflictsIT extends ConflictsTest {}
