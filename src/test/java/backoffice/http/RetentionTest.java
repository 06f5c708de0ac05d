package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.management.ManagementFactory;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The memory in use depends on the running calls. Answered calls are released. */
@Tag("slow")
@QuarkusTest
class RetentionTest extends ApiTest {

    private static final int CALLS = 300;

    static Stream<Consumer<Api>> calls() {
        return Stream.of(
                api -> api.get("/customer_groups").statusCode(200),
                api -> api.get("/nowhere").statusCode(404),
                api -> api.post("/customer_groups/data", "{}").statusCode(200),
                api -> api.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200),
                api -> api.post("/customer_groups/nowhere/customers", "[{\"name\":\"a\"}]")
                        .statusCode(404));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void an_answered_call_releases_its_memory(Consumer<Api> call) throws JMException {
        for (int i = 0; i < CALLS; i++) {
            call.accept(Api.as(Vendors.ACME));
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
