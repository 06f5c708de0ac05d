package backoffice.packaged;

import backoffice.envelope.EnvelopeTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class EnvelopeIT extends EnvelopeTest {}
