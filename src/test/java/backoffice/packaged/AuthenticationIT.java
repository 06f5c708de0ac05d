package backoffice.packaged;

import backoffice.bitkey.AuthenticationTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class AuthenticationIT extends AuthenticationTest {}
