package backoffice;

import backoffice.concurrency.BatchRacesTest;
import backoffice.concurrency.CallsAtOnceTest;
import backoffice.console.ConsoleFilesTest;
import backoffice.customer.CustomerResourceTest;
import backoffice.customer.SearchTest;
import backoffice.envelope.EnvelopeTest;
import backoffice.group.CustomerGroupResourceTest;
import backoffice.group.MembersTest;
import backoffice.history.HistoryOn;
import backoffice.history.HistoryTest;
import backoffice.http.BodyTest;
import backoffice.http.MessageFramingTest;
import backoffice.http.RoutingTest;
import backoffice.idempotency.StoredResponseTest;
import backoffice.observability.CallObserverTest;
import backoffice.openapi.DocumentTest;
import backoffice.persistence.ConflictsTest;
import backoffice.persistence.RowCountsTest;
import backoffice.protection.LargeBodyLimiterTest;
import backoffice.reference.ReferencePageTest;
import backoffice.resilience.HangUpsTest;
import backoffice.vendor.AuthenticationTest;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Order;

/*
 * The cases that run on the packaged application too. A name works with -Dit.test, and a line more is enough to run the
 * cases of another class there.
 */

@QuarkusIntegrationTest
class AuthenticationIT extends AuthenticationTest {}

@QuarkusIntegrationTest
class BatchRacesIT extends BatchRacesTest {}

@QuarkusIntegrationTest
class BodyIT extends BodyTest {}

@QuarkusIntegrationTest
class CallObserverIT extends CallObserverTest {}

@QuarkusIntegrationTest
class CallsAtOnceIT extends CallsAtOnceTest {}

@QuarkusIntegrationTest
class ConflictsIT extends ConflictsTest {}

@QuarkusIntegrationTest
class ConsoleFilesIT extends ConsoleFilesTest {}

@QuarkusIntegrationTest
class CustomerGroupResourceIT extends CustomerGroupResourceTest {}

@QuarkusIntegrationTest
class CustomerResourceIT extends CustomerResourceTest {}

@QuarkusIntegrationTest
class DocumentIT extends DocumentTest {}

@QuarkusIntegrationTest
class EnvelopeIT extends EnvelopeTest {}

@QuarkusIntegrationTest
class HangUpsIT extends HangUpsTest {}

@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@Order(Integer.MAX_VALUE)
class HistoryIT extends HistoryTest {}

@QuarkusIntegrationTest
class LargeBodyLimiterIT extends LargeBodyLimiterTest {}

@QuarkusIntegrationTest
class MembersIT extends MembersTest {}

@QuarkusIntegrationTest
class MessageFramingIT extends MessageFramingTest {}

@QuarkusIntegrationTest
class ReferencePageIT extends ReferencePageTest {}

@QuarkusIntegrationTest
class RoutingIT extends RoutingTest {}

@QuarkusIntegrationTest
class RowCountsIT extends RowCountsTest {}

@QuarkusIntegrationTest
class SearchIT extends SearchTest {}

@QuarkusIntegrationTest
class StoredResponseIT extends StoredResponseTest {}
