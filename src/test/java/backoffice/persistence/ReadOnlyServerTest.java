package backoffice.persistence;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Connections to a server that accepts no changes. A server gets into this state when a failover makes it a standby, and
 * the pool keeps its connections.
 */
@Tag("slow")
@QuarkusTest
class ReadOnlyServerTest {

    private static final String CLOSE_CONNECTIONS =
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                    + " and pid <> pg_backend_pid()";

    private final Api api = Api.as(Vendors.ACME);

    @BeforeEach
    void clean() {
        Sql.clean();
    }

    @AfterEach
    void accept_changes() {
        Sql.execute("set transaction read write; alter role current_user reset default_transaction_read_only");
        Sql.execute(CLOSE_CONNECTIONS);
        Sql.clean();
    }

    @Test
    void a_change_gets_5001_while_the_server_is_read_only_and_succeeds_with_the_next_primary() throws Exception {
        // Given a service whose connections lead to a read-only server
        Sql.execute("alter role current_user set default_transaction_read_only = on");
        Sql.execute(CLOSE_CONNECTIONS);
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(503);
        Thread.sleep(1100);

        // When new connections lead to a server that accepts changes
        Sql.execute("set transaction read write; alter role current_user reset default_transaction_read_only");

        // Then the next change succeeds, because the service replaces its old connections
        api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        api.get("/customer_groups/a").statusCode(200);
    }
}
