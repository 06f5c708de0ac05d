package backoffice.packaged;

import backoffice.reference.ReferencePageTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class ReferencePageIT extends ReferencePageTest {}
