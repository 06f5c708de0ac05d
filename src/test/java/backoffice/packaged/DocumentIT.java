package backoffice.packaged;

import backoffice.openapi.DocumentTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;

@Tag("slow")
@QuarkusIntegrationTest
class DocumentIT extends DocumentTest {}
