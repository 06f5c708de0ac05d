package backoffice.http;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MessageFramingIT extends MessageFramingTest {}
