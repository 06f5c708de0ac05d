package backoffice.packaged;

import backoffice.customer.CustomerResourceTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerResourceIT extends CustomerResourceTest {}
