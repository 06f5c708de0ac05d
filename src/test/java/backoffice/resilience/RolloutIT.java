package backoffice.resilience;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.resilience.LoadGenerator.CallRecord;
import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.Threads;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 9.2: SIGTERM. A rollout sends it to old pods while callers still send calls to them. */
@Tag("slow")
class RolloutIT {

    private static final String KEY = "rollout-key";
    private static final long LOAD_MILLIS = 1000;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration DELAY = Duration.ofSeconds(2);
    private static final int BUSY_CLIENTS = 16;
    private static final String OK = "HTTP/1.1 200 OK";
    private static final byte[] REQUEST = "GET %s/customer_groups HTTP/1.1\r\nHost: localhost\r\nbitkey: %s\r\n\r\n"
            .formatted(Api.BASE_PATH, KEY)
            .getBytes(StandardCharsets.US_ASCII);

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

    @Test
    void clients_that_go_on_calling_do_not_hold_the_exit_and_each_of_their_requests_is_answered() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = PackagedApplication.start(port, managementPort, environment(database))) {
            // Given clients that call without a pause
            service.awaitListening();
            awaitReadiness(200);
            List<CompletableFuture<Set<String>>> clients = Stream.generate(
                            () -> CompletableFuture.supplyAsync(this::callUntilRefused, Threads.NEW))
                    .limit(BUSY_CLIENTS)
                    .toList();
            Thread.sleep(LOAD_MILLIS);

            // When the service is told to stop
            long start = System.nanoTime();
            service.terminate();

            // Then it exits soon after the shutdown delay, and has answered each request
            assertThat(service.awaitEnd().exitCode(), is(in(List.of(0, 143))));
            assertThat(Duration.ofNanos(System.nanoTime() - start), lessThan(DELAY.plusSeconds(2)));
            for (CompletableFuture<Set<String>> client : clients) {
                assertEquals(Set.of(OK), client.join());
            }
        }
    }

    @Test
    void a_connection_that_is_open_when_the_service_takes_no_others_gets_its_answer() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = PackagedApplication.start(port, managementPort, environment(database));
                RawConnection connection = new RawConnection(port)) {
            // Given a client that is connected, but has not sent its request yet
            service.awaitListening();
            awaitReadiness(200);
            assertThat(connection.send(REQUEST, true), startsWith(OK));

            // When the service is told to stop, and takes no new connections
            service.terminate();
            Await.until(TIMEOUT, this::refusesConnections, () -> "The service takes connections");

            // Then it answers the request, and tells the client to close the connection
            String answer = connection.send(REQUEST, true);
            assertThat(answer, startsWith(OK));
            assertThat(answer, containsStringIgnoringCase("\r\nconnection: close\r\n"));
            assertThat(service.awaitEnd().exitCode(), is(in(List.of(0, 143))));
        }
    }

    private boolean refusesConnections() {
        try (Socket connection = new Socket("localhost", port)) {
            return !connection.isConnected();
        } catch (ConnectException refused) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends requests on connections that stay open until the service closes them, and returns the distinct answers. */
    private Set<String> callUntilRefused() {
        Set<String> answers = new HashSet<>();
        RawConnection connection = new RawConnection(port);
        while (true) {
            try {
                answers.add(connection.send(REQUEST, true).lines().findFirst().orElse("no answer"));
            } catch (IllegalStateException e) {
                if (e.getCause() instanceof ConnectException) {
                    return answers;
                }
                answers.add(e.getCause().toString());
                connection = new RawConnection(port);
            }
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
