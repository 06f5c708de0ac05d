package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.ApiTest;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory in use depends on the running calls. Answered calls are released. */
@Tag("slow")
@QuarkusTest
class RetentionTest extends ApiTest {

    private static final int CALLS = 300;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /customer_groups                   | ''
            GET  | /nowhere                           | ''
            POST | /customer_groups/data              | {}
            POST | /customer_groups                   | {"name":"a"}
            POST | /customer_groups/nowhere/customers | [{"name":"a"}]
            """)
    void an_answered_call_releases_its_memory(String method, String path, String body) throws JMException {
        for (int i = 0; i < CALLS; i++) {
            api.send(method, path, body);
        }

        assertThat(liveRequests(), lessThan(CALLS / 10L));
    }

    private static long liveRequests() throws JMException {
        String histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {null},
                        new String[] {String[].class.getName()});
        return histogram
                .lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length > 3 && columns[3].equals("io.vertx.ext.web.impl.RoutingContextImpl"))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }
}
