package backoffice.packaged;

import backoffice.customer.CustomerDeletionsTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerDeletionsIT extends CustomerDeletionsTest {}
