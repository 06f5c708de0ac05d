package backoffice.concurrency;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class CallsAtOnceIT extends CallsAtOnceTest {}
