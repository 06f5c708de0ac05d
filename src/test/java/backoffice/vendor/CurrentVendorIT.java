package backoffice.vendor;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CurrentVendorIT extends CurrentVendorTest {}
