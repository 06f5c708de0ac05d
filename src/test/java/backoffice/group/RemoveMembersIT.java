package backoffice.group;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RemoveMembersIT extends RemoveMembersTest {}
