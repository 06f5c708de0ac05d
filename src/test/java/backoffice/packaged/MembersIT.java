package backoffice.packaged;

import backoffice.group.MembersTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MembersIT extends MembersTest {}
