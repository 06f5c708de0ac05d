package backoffice.customer;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerFormIT extends CustomerFormTest {}
