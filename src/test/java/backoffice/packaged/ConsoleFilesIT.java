package backoffice.packaged;

import backoffice.console.ConsoleFilesTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ConsoleFilesIT extends ConsoleFilesTest {}
