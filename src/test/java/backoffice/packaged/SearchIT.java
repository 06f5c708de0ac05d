package backoffice.packaged;

import backoffice.customer.SearchTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SearchIT extends SearchTest {}
