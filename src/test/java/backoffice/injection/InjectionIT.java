package backoffice.injection;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class InjectionIT extends InjectionTest {}
