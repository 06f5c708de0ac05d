package backoffice.resilience;

import static backoffice.testsupport.TightLimits.PATIENCE_MILLIS;
import static backoffice.testsupport.TightLimits.POOL;
import static backoffice.testsupport.TightLimits.QUEUE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.Sql;
import backoffice.testsupport.TightLimits;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More calls than the database takes are refused at once; they neither wait for minutes nor fill the memory. */
@Tag("slow")
@Order(Integer.MAX_VALUE - 1)
@QuarkusIntegrationTest
@TestProfile(TightLimits.class)
class FloodIT {

    private static final int SURPLUS = 100;
    private static final int GUESSES = 30;
    private static final long MILLIS_UNTIL_THEY_ARE_THERE = 200;
    private static final long MILLIS_OF_REFUSAL = 800;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void nobody_else_calls() {
        Sql.clean();
        // The service's own first look at the database would have one of the few connections.
        assertEquals(200, send().join().code);
        Sql.awaitAllIdle();
    }

    @Test
    void what_is_more_than_the_queue_holds_is_5001_at_once_and_the_rest_when_its_patience_ends() {
        Sql.duringTransaction("lock table customer_group", () -> {
            List<CompletableFuture<Answer>> served = occupyThePool();
            List<CompletableFuture<Answer>> calls = send(QUEUE + SURPLUS);

            List<Answer> answers = Stream.of(served, calls)
                    .flatMap(List::stream)
                    .map(CompletableFuture::join)
                    .toList();
            for (Answer answer : answers) {
                assertEquals(503, answer.code);
                assertEquals(Optional.of("1"), answer.retryAfter);
            }
            long atOnce = answers.stream()
                    .filter(answer -> answer.millis < PATIENCE_MILLIS)
                    .count();
            assertThat(atOnce, is(both(greaterThan(SURPLUS / 2L)).and(lessThanOrEqualTo((long) SURPLUS))));
        });

        assertEquals(200, send().join().code, "once the lock is gone");
    }

    @Test
    void a_refusal_comes_late_and_does_not_delay_the_next_call_on_its_connection() throws IOException {
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        Sql.duringTransaction("lock table customer_group", () -> {
            calls.addAll(occupyThePool());
            List<CompletableFuture<Answer>> surplus = send(QUEUE + 1);
            calls.addAll(surplus);
            CompletableFuture.anyOf(surplus.toArray(CompletableFuture[]::new)).join();

            try (RawConnection connection = new RawConnection()) {
                long refusal = millis(() -> assertThat(
                        connection.send(call("GET /customer_groups", Vendors.ACME), true), startsWith("HTTP/1.1 503")));
                long next = millis(() -> assertThat(
                        connection.send(call("GET /customers/a", "wrong"), true), startsWith("HTTP/1.1 401")));

                assertThat(refusal, is(greaterThan(MILLIS_OF_REFUSAL)));
                assertThat(next, is(lessThan(MILLIS_OF_REFUSAL / 2)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        calls.forEach(CompletableFuture::join);
    }

    @Test
    void who_shares_a_connection_with_a_guesser_is_answered_at_once() throws IOException, InterruptedException {
        // Given a proxy that sends the calls of all its clients over its connections, and a vendor that has called
        // before
        assertEquals(200, send().join().code);

        List<CompletableFuture<Answer>> guesses = new ArrayList<>();
        try (RawConnection proxy = new RawConnection()) {
            for (int i = 0; i < 3; i++) {
                // When so many keys are guessed that the next guess is refused
                guesses.addAll(
                        Stream.generate(() -> send("wrong")).limit(GUESSES).toList());
                Thread.sleep(MILLIS_UNTIL_THEY_ARE_THERE);
                assertThat(proxy.send(call("GET /customer_groups", "wrong"), true), startsWith("HTTP/1.1 503"));

                // Then a call of the vendor on the same connection is answered at once
                long next = millis(() -> assertThat(
                        proxy.send(call("GET /customer_groups", Vendors.ACME), true), startsWith("HTTP/1.1 200")));
                assertThat(next, is(lessThan(MILLIS_OF_REFUSAL / 2)));
            }
        }
        guesses.forEach(CompletableFuture::join);
    }

    private static byte[] call(String call, String bitkey) {
        return (call.replace(" ", " " + Api.BASE_PATH) + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + bitkey
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static long millis(Runnable call) {
        long start = System.nanoTime();
        call.run();
        return (System.nanoTime() - start) / 1_000_000;
    }

    /** With calls that wait for a lock. */
    private List<CompletableFuture<Answer>> occupyThePool() {
        List<CompletableFuture<Answer>> calls = send(POOL);
        Sql.awaitLockWaits(POOL);
        return calls;
    }

    private List<CompletableFuture<Answer>> send(int calls) {
        return Stream.generate(this::send).limit(calls).toList();
    }

    private CompletableFuture<Answer> send() {
        return send(Vendors.ACME);
    }

    private CompletableFuture<Answer> send(String bitkey) {
        HttpRequest call = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + "/customer_groups"))
                .header("bitkey", bitkey)
                .build();
        long start = System.nanoTime();
        return http.sendAsync(call, BodyHandlers.ofString())
                .thenApply(answer -> new Answer(
                        answer.statusCode(),
                        answer.headers().firstValue("Retry-After"),
                        (System.nanoTime() - start) / 1_000_000));
    }

    private record Answer(int code, Optional<String> retryAfter, long millis) {}
}
