package backoffice.group;

import static backoffice.testsupport.BenchmarkScript.assertSends;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a benchmark of PostgreSQL alone sends is what the service sends. */
class BenchmarkStatementTest {

    @Test
    void moving_customers_moves_them_with_the_statement_of_the_service() throws IOException {
        String target = "case when :adds = 1 then cast(:target as bigint) end";

        assertSends("add-remove.sql", GroupMembersRepository.MOVE, ":vendor", ":ids", ":moved", target);
    }
}
