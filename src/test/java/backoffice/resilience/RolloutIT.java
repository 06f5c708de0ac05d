package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 9.2: SIGTERM. A rollout sends it to old pods while callers still send calls to them. */
@Tag("slow")
class RolloutIT {

    private static final String KEY = "rollout-key";
    private static final int CALLERS = 8;
    private static final Duration LOAD_DURATION = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Ports.free();
    private final int managementPort = Ports.free();

    @Test
    void after_sigterm_readiness_is_down_every_call_is_answered_and_no_answered_change_is_lost() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = PackagedApplication.start(port, managementPort, environment(database))) {
            await(200);
            AtomicBoolean calling = new AtomicBoolean(true);
            List<CompletableFuture<List<Integer>>> callers = IntStream.range(0, CALLERS)
                    .mapToObj(caller -> CompletableFuture.supplyAsync(
                            () -> createGroups(caller, calling), call -> new Thread(call).start()))
                    .toList();
            Thread.sleep(LOAD_DURATION.toMillis());

            service.terminate();
            await(503);
            Thread.sleep(LOAD_DURATION.toMillis());
            calling.set(false);

            List<Integer> answers =
                    callers.stream().flatMap(caller -> caller.join().stream()).toList();
            assertThat(answers.size(), greaterThan(CALLERS));
            assertEquals(List.of(), answers.stream().filter(code -> code != 200).toList());
            assertThat(service.awaitEnd().exitCode(), is(in(List.of(0, 143))));
            assertEquals(String.valueOf(answers.size()), database.text("select count(*) from customer_group"));
        }
    }

    private Map<String, String> environment(EmptyDatabase database) {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("BACKOFFICE_BITKEYS_ROLLOUT", KEY);
        return environment;
    }

    /** Creates groups one after the other while the flag is true, and returns the HTTP codes of the answers. */
    private List<Integer> createGroups(int caller, AtomicBoolean calling) {
        List<Integer> codes = new ArrayList<>();
        while (calling.get()) {
            String body = "{\"name\":\"group %d of %d\"}".formatted(codes.size(), caller);
            codes.add(send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + Api.BASE_PATH + "/customer_groups"))
                            .header("bitkey", KEY)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(body))
                            .build()));
        }
        return codes;
    }

    private int send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits up to 20 s until readiness answers with this HTTP code. */
    private void await(int code) throws InterruptedException {
        HttpRequest readiness = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + managementPort + "/q/health/ready"))
                .build();
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (send(readiness) != code) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Readiness does not become " + code);
            }
            Thread.sleep(20);
        }
    }
}
