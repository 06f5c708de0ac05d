package backoffice.customer;

import static backoffice.testsupport.BenchmarkScript.assertSends;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a benchmark of PostgreSQL alone sends is what the service sends. */
class BenchmarkStatementTest {

    @Test
    void moving_customers_locks_them_with_the_statement_of_the_service() throws IOException {
        assertSends("add-remove.sql", RowLockRepository.LOCK, ":vendor", ":groups", ":names");
    }
}
