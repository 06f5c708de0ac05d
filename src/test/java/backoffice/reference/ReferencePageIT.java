package backoffice.reference;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReferencePageIT extends ReferencePageTest {}
