package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.resilience.LoadGenerator.CallRecord;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 9.2: SIGTERM. A rollout sends it to old pods while callers still send calls to them. */
@Tag("slow")
class RolloutIT {

    private static final String KEY = "rollout-key";
    private static final long LOAD_MILLIS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final int port = Ports.free();
    private final int managementPort = Ports.free();

    @Test
    void after_sigterm_readiness_is_down_every_call_is_answered_and_no_answered_change_is_lost() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = PackagedApplication.start(port, managementPort, environment(database))) {
            service.awaitListening();
            awaitReadiness(200);
            LoadGenerator load = new LoadGenerator(port, KEY);
            try (load) {
                Thread.sleep(LOAD_MILLIS);

                service.terminate();
                awaitReadiness(503);
                Thread.sleep(LOAD_MILLIS);
            }

            List<Integer> codes =
                    load.calls().stream().map(CallRecord::code).distinct().toList();
            assertEquals(List.of(200), codes);
            assertThat(service.awaitEnd().exitCode(), is(in(List.of(0, 143))));
            load.assertNoneLostOrPartial(sql -> Long.parseLong(database.text(sql)));
        }
    }

    private static Map<String, String> environment(EmptyDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("BACKOFFICE_BITKEYS_ROLLOUT", KEY);
        return environment;
    }

    private void awaitReadiness(int code) {
        Await.until(
                TIMEOUT,
                () -> RestAssured.given()
                                .port(managementPort)
                                .get("/q/health/ready")
                                .statusCode()
                        == code,
                () -> "Readiness does not become " + code);
    }
}
