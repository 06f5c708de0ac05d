package backoffice.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.LogListener;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class TraceIdTest {

    private final BlockingQueue<Optional<String>> traces = new LinkedBlockingQueue<>();

    @AutoClose
    private final LogListener listener = new LogListener(
            "backoffice.calls",
            line -> traces.add(Optional.ofNullable(ExtLogRecord.wrap(line).getMdc("traceId"))));

    @ParameterizedTest
    @CsvSource({
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 4bf92f3577b34da6a3ce929d0e0e4736",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01,",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01,",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01,",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01,",
        "00-4bf92f35-00f067aa0ba902b7-01,",
        "junk,",
    })
    void a_refused_call_is_logged_with_its_trace_id(String traceparent, String trace) throws InterruptedException {
        Api.as(Vendors.ACME)
                .with("traceparent", traceparent)
                .get("/customers/nobody")
                .statusCode(404);

        assertEquals(Optional.ofNullable(trace), traces.poll(5, TimeUnit.SECONDS));
    }
}
