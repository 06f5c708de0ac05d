package backoffice.packaged;

import backoffice.concurrency.CallsAtOnceTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CallsAtOnceIT extends CallsAtOnceTest {}
