package backoffice.http;

import backoffice.testsupport.HostedServer;
import backoffice.testsupport.OneAddress;
import backoffice.testsupport.Sql;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** The nginx of docs/hosted-server/nginx.conf in front of this service and of a stub of the hosted server. */
abstract class HostedServerFixture {

    static OneAddress address;

    @BeforeEach
    void start() throws Exception {
        Sql.clean();
        if (address == null) {
            address = new OneAddress(HostedServer.NAME);
        }
        address.hosted().clear();
    }

    @AfterAll
    static void stop() throws Exception {
        if (address != null) {
            address.close();
            address = null;
        }
    }
}
