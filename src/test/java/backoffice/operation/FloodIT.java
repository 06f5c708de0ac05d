package backoffice.operation;

import static backoffice.testsupport.TightLimits.PATIENCE_MILLIS;
import static backoffice.testsupport.TightLimits.POOL;
import static backoffice.testsupport.TightLimits.QUEUE;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
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
    private static final long MILLIS_OF_REST = 800;

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
    void a_connection_whose_call_was_refused_rests_before_its_next_one() {
        byte[] call = ("GET " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: localhost\r\nbitkey: "
                        + Vendors.ACME + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);

        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        Sql.duringTransaction("lock table customer_group", () -> {
            calls.addAll(occupyThePool());
            List<CompletableFuture<Answer>> surplus = send(QUEUE + 1);
            calls.addAll(surplus);
            CompletableFuture.anyOf(surplus.toArray(CompletableFuture[]::new)).join();

            try (RawConnection connection = new RawConnection()) {
                assertThat(connection.send(call, true), startsWith("HTTP/1.1 503"));
                long refused = System.nanoTime();
                assertThat(connection.send(call, true), startsWith("HTTP/1.1 503"));
                assertThat((System.nanoTime() - refused) / 1_000_000, is(greaterThan(MILLIS_OF_REST)));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        calls.forEach(CompletableFuture::join);
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
        HttpRequest call = HttpRequest.newBuilder(
                        URI.create("http://localhost:" + RestAssured.port + Api.BASE_PATH + "/customer_groups"))
                .header("bitkey", Vendors.ACME)
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
