package backoffice.envelope;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EnvelopeIT extends EnvelopeTest {}
