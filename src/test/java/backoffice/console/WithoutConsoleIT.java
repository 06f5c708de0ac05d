package backoffice.console;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WithoutConsoleIT extends WithoutConsoleTest {}
