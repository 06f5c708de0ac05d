package backoffice.packaged;

import backoffice.group.CustomerGroupResourceTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerGroupResourceIT extends CustomerGroupResourceTest {}
