package backoffice.packaged;

import backoffice.http.BodyTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class BodyIT extends BodyTest {}
