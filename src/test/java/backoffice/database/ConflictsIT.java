package backoffice.database;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConflictsIT extends ConflictsTest {}
