package backoffice.packaged;

import backoffice.concurrency.BatchRacesTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class BatchRacesIT extends BatchRacesTest {}
