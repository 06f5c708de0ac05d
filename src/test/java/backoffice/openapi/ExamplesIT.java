package backoffice.openapi;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ExamplesIT extends ExamplesTest {}
