package backoffice.packaged;

import backoffice.observability.CallObserverTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CallObserverIT extends CallObserverTest {}
