package backoffice.group;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AddMembersIT extends AddMembersTest {}
