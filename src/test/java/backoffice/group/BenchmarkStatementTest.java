package backoffice.group;

import static backoffice.testsupport.BenchmarkScript.assertSends;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The benchmark that runs on PostgreSQL alone uses the statement of the service. */
class BenchmarkStatementTest {

    @Test
    void the_benchmark_moves_customers_with_the_statement_of_the_service() throws IOException {
        String target = "case when :adds = 1 then cast(:target as bigint) end";

        assertSends("add-remove.sql", GroupMembersRepository.MOVE, ":vendor", ":ids", ":moved", target);
    }
}
