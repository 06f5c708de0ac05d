package backoffice.operation;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CallObserverIT extends CallObserverTest {}
