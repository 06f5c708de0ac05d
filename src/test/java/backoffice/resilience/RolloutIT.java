package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.Threads;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** docs/api.md, section 9.2: SIGTERM. A rollout sends it to old pods while callers still send calls to them. */
@Tag("slow")
class RolloutIT {

    private static final String KEY = "rollout-key";
    private static final long LOAD_MILLIS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final int BUSY_CLIENTS = 16;
    private static final List<Integer> EXIT_CODES = List.of(0, 143);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(100);
    private static final String HTTP_1_1 = "HTTP/1.1";
    private static final String HTTP_1_0 = "HTTP/1.0";
    private static final String OK = " 200 OK";
    private static final String CLOSE = "\r\nconnection: close\r\n";
    private static final byte[] REQUEST = request("GET " + Api.BASE_PATH + "/customer_groups", HTTP_1_1);

    /** Requests of both versions that a resource answers, and that are answered before: 1004, 1003, outside of the API. */
    private static final List<byte[]> KINDS = Stream.of(HTTP_1_1, HTTP_1_0)
            .flatMap(version -> Stream.of(
                            "GET " + Api.BASE_PATH + "/customer_groups",
                            "PUT " + Api.BASE_PATH + "/customer_groups",
                            "GET " + Api.BASE_PATH + "/nowhere",
                            "GET /nowhere")
                    .map(call -> request(call, version)))
            .toList();

    @AutoClose
    private final EmptyDatabase database = new EmptyDatabase();

    @AutoClose
    private Running service;

    @BeforeEach
    void start() throws Exception {
        service = PackagedApplication.start(database.environment("BACKOFFICE_BITKEYS_ROLLOUT=" + KEY));
        awaitReadiness(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {HTTP_1_1, HTTP_1_0})
    void clients_that_go_on_calling_do_not_hold_the_exit_and_each_of_their_requests_is_answered(String version)
            throws Exception {
        // Given clients that call without a pause
        List<CompletableFuture<Set<String>>> clients = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> callUntilRefused(version), Threads.NEW))
                .limit(BUSY_CLIENTS)
                .toList();
        Thread.sleep(LOAD_MILLIS);

        // When the service is told to stop
        long start = System.nanoTime();
        service.terminate();

        // Then it exits soon after the shutdown delay, and has answered each request
        assertThat(service.awaitEnd().exitCode(), is(in(EXIT_CODES)));
        assertThat(Duration.ofNanos(System.nanoTime() - start), lessThan(DELAY.plusSeconds(2)));
        for (CompletableFuture<Set<String>> client : clients) {
            assertEquals(Set.of(version + OK), client.join());
        }
    }

    @Test
    void every_answer_to_a_request_after_sigterm_closes_its_connection_until_the_service_takes_no_others()
            throws Exception {
        // Given connections that stay open after a request
        Deque<RawConnection> connections = new ArrayDeque<>();
        for (long i = 0; i <= KINDS.size() * DELAY.dividedBy(BETWEEN_REQUESTS); i++) {
            RawConnection connection = new RawConnection(service.port());
            assertThat(connection.send(REQUEST, true), not(containsStringIgnoringCase(CLOSE)));
            connections.add(connection);
        }

        // When the service is told to stop
        service.terminate();
        awaitReadiness(503);
        // Quarkus changes the readiness a moment before it closes connections.
        Await.atMost(TIMEOUT)
                .until(() -> containsStringIgnoringCase(CLOSE)
                        .matches(new RawConnection(service.port()).send(REQUEST, true)));

        // Then each answer closes its connection while the service takes new ones
        while (!refusesConnections()) {
            for (byte[] request : KINDS) {
                assertThat(connections.remove().send(request, true), containsStringIgnoringCase(CLOSE));
            }
            Thread.sleep(BETWEEN_REQUESTS.toMillis());
        }
        // And so does the answer on a connection that is open when it takes none
        String answer = connections.remove().send(REQUEST, true);
        assertThat(answer, startsWith(HTTP_1_1 + OK));
        assertThat(answer, containsStringIgnoringCase(CLOSE));
        assertThat(service.awaitEnd().exitCode(), is(in(EXIT_CODES)));
    }

    @Test
    void a_call_that_still_runs_after_the_shutdown_delay_is_answered_before_the_exit() throws Exception {
        // Given a creation that waits for a lock
        AtomicReference<CompletableFuture<ValidatableResponse>> creation = new AtomicReference<>();
        database.duringTransaction("lock table customer_group", () -> {
            creation.set(CompletableFuture.supplyAsync(
                    () -> service.as(KEY).post("/customer_groups", "{\"name\":\"a\"}"), Threads.NEW));
            Await.atMost(TIMEOUT)
                    .until(() -> database.text("select count(*) from pg_locks where not granted"), is(not("0")));

            // When the service is told to stop, and the lock is released after the shutdown delay
            service.terminate();
            Await.sleep(DELAY.plusMillis(500));
            assertThat("The service has not ended.", service.process().isAlive());
        });

        // Then the creation is answered, and the service ends
        creation.get().join().statusCode(200);
        assertThat(service.awaitEnd().exitCode(), is(in(EXIT_CODES)));
    }

    private static byte[] request(String call, String version) {
        return "%s %s\r\nHost: localhost\r\nConnection: keep-alive\r\nbitkey: %s\r\n\r\n"
                .formatted(call, version, KEY)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private boolean refusesConnections() throws IOException {
        try {
            new Socket("localhost", service.port()).close();
            return false;
        } catch (ConnectException refused) {
            return true;
        }
    }

    /**
     * Sends requests on connections that stay open until the service closes them, and returns the distinct answers. The
     * kernel resets a connection that the service has not accepted yet when it stops listening. So a failure counts as an
     * answer only if the next connection is not refused.
     */
    private Set<String> callUntilRefused(String version) {
        byte[] request = request("GET " + Api.BASE_PATH + "/customer_groups", version);
        Set<String> answers = new HashSet<>();
        Set<String> failures = new HashSet<>();
        RawConnection connection = new RawConnection(service.port());
        for (long end = System.nanoTime() + TIMEOUT.toNanos(); System.nanoTime() < end; ) {
            try {
                answers.add(connection.send(request, true).lines().findFirst().orElse("no answer"));
                answers.addAll(failures);
            } catch (IllegalStateException e) {
                if (e.getCause() instanceof ConnectException) {
                    return answers;
                }
                answers.addAll(failures);
                failures = Set.of(e.getCause().toString());
                connection = new RawConnection(service.port());
            }
        }
        throw new AssertionError("The service still accepts connections");
    }

    private void awaitReadiness(int code) {
        Await.atMost(TIMEOUT)
                .until(() -> service.management("/q/health/ready").extract().statusCode(), is(code));
    }
}
