package backoffice.packaged;

import backoffice.customer.CustomerRenamesAndDeletionsTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerRenamesAndDeletionsIT extends CustomerRenamesAndDeletionsTest {}
