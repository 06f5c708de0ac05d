package backoffice.packaged;

import backoffice.history.HistoryOn;
import backoffice.openapi.DocumentTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@Order(Integer.MAX_VALUE)
class DocumentIT extends DocumentTest {}
