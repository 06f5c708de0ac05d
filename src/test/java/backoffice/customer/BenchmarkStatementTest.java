package backoffice.customer;

import static backoffice.testsupport.BenchmarkScript.assertSends;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The benchmark that runs on PostgreSQL alone uses the statement of the service. */
class BenchmarkStatementTest {

    @Test
    void the_benchmark_locks_customers_with_the_statement_of_the_service() throws IOException {
        assertSends("add-remove.sql", RowLockRepository.LOCK, ":vendor", ":groups", ":names");
    }
}
