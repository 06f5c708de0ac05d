package backoffice.customer;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a benchmark of PostgreSQL alone sends is what the service sends. */
class BenchmarkStatementTest {

    @Test
    void moving_customers_locks_them_with_the_statement_of_the_service() throws IOException {
        String benchmark = Files.readString(Path.of("src/bench/sql/add-remove.sql"));
        String service = RosterRepository.LOCK
                .replace("$1", ":vendor")
                .replace("$2", ":groups")
                .replace("$3", ":names");

        assertThat(inOneLine(benchmark), containsString(inOneLine(service)));
    }

    private static String inOneLine(String statement) {
        return statement.replaceAll("\\s+", " ").strip();
    }
}
