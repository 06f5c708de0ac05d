package backoffice;

import backoffice.history.HistoryOn;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;

/*
 * The cases that run on the packaged application too. A name works with -Dit.test, and a line more is enough to run the
 * cases of another class there.
 */

@QuarkusIntegrationTest
class AuthenticationIT extends backoffice.bitkey.AuthenticationTest {}

@QuarkusIntegrationTest
class BatchRacesIT extends backoffice.concurrency.BatchRacesTest {}

@QuarkusIntegrationTest
class BodyIT extends backoffice.http.BodyTest {}

@QuarkusIntegrationTest
class CallObserverIT extends backoffice.observability.CallObserverTest {}

@QuarkusIntegrationTest
class CallsAtOnceIT extends backoffice.concurrency.CallsAtOnceTest {}

@QuarkusIntegrationTest
class ConflictsIT extends backoffice.persistence.ConflictsTest {}

@QuarkusIntegrationTest
class ConsoleFilesIT extends backoffice.console.ConsoleFilesTest {}

@QuarkusIntegrationTest
class CustomerGroupResourceIT extends backoffice.group.CustomerGroupResourceTest {}

@QuarkusIntegrationTest
class CustomerDeletionsIT extends backoffice.customer.CustomerDeletionsTest {}

@QuarkusIntegrationTest
class CustomerRenamesIT extends backoffice.customer.CustomerRenamesTest {}

@QuarkusIntegrationTest
class CustomerResourceIT extends backoffice.customer.CustomerResourceTest {}

@Tag("slow")
@QuarkusIntegrationTest
class DocumentIT extends backoffice.openapi.DocumentTest {}

@QuarkusIntegrationTest
class EnvelopeIT extends backoffice.envelope.EnvelopeTest {}

@QuarkusIntegrationTest
class HangUpsIT extends backoffice.resilience.HangUpsTest {}

@Tag("slow")
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@Order(Integer.MAX_VALUE)
class HistoryIT extends backoffice.history.HistoryTest {}

@QuarkusIntegrationTest
class MembersIT extends backoffice.group.MembersTest {}

@QuarkusIntegrationTest
class ReferencePageIT extends backoffice.reference.ReferencePageTest {}

@QuarkusIntegrationTest
class RoutingIT extends backoffice.http.RoutingTest {}

@QuarkusIntegrationTest
class RowCountsIT extends backoffice.pagination.RowCountsTest {}

@QuarkusIntegrationTest
class SearchIT extends backoffice.customer.SearchTest {}

@QuarkusIntegrationTest
class StoredResponseIT extends backoffice.idempotency.StoredResponseTest {}
