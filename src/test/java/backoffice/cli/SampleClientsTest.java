package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.cli.RemoteServer.Answer;
import backoffice.docs.Bash;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clients in docs/clients whose languages are on the machine. */
@Tag("slow")
@QuarkusTest
class SampleClientsTest extends ApiTest {

    @ParameterizedTest
    @CsvSource({
        "curl, docs/clients/client.sh",
        "python3, python3 docs/clients/client.py",
        "java, java docs/clients/Client.java"
    })
    void a_client_reads_all_groups_during_changes_searches_and_creates_once_although_the_service_is_overloaded(
            String program, String command) throws IOException {
        // Given more groups than a page, whose names have a meaning for JSON and for a shell, of which the first one
        // leaves after the first page, and a service that is overloaded when the client creates a customer
        Bash.require(program);
        Sql.execute("""
                insert into customer_group (vendor, name) select 'acme', prefix || i || ' "\\/$(x)%s \uD83D\uDE00'
                from (values ('s', 120), ('-', 130)) names (prefix, number), generate_series(1, number) i""");
        try (RemoteServer server = new RemoteServer(RestAssured.port)) {
            server.at("/customers", Answer.busy(1), Answer.PASSED_ON);
            BiFunction<URI, String, Answer> list = (uri, body) -> {
                if (server.requests.size() == 2) {
                    Sql.execute("delete from customer_group where name like '-1 %'");
                }
                return Answer.PASSED_ON;
            };
            server.at("/customer_groups", list);
            server.at("/customer_groups/data", list);

            // When
            String printed = Bash.output("URL=%s BITKEY=%s %s".formatted(server.base(), Vendors.ACME, command));

            // Then
            assertEquals("groups: 250\nfound: 120\ncreated: sample\n", printed);
            List<String> created = server.requests("POST", "/customers ");
            assertEquals(2, created.size());
            assertEquals(created.get(0), created.get(1));
            assertThat(created.get(0), matchesPattern(".* [0-9a-f-]{32,36}"));
        }
    }
}
