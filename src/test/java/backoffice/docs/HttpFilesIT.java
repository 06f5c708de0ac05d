package backoffice.docs;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class HttpFilesIT extends HttpFilesTest {}
