package backoffice.group;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CustomerGroupResourceIT extends CustomerGroupResourceTest {}
