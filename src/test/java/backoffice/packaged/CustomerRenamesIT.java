package backoffice.packaged;

import backoffice.customer.CustomerRenamesTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerRenamesIT extends CustomerRenamesTest {}
