package backoffice.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.call.Call;
import backoffice.envelope.ApiException;
import backoffice.envelope.Envelope;
import backoffice.envelope.Problem;
import backoffice.persistence.VendorSql;
import backoffice.persistence.Work;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdempotencyKeysTest {

    private final Vertx vertx = Vertx.vertx();

    /** An item whose JSON tells which thread writes it. */
    private record Item() {

        @JsonValue
        String thread() {
            return Context.isOnWorkerThread() ? "worker" : "event loop";
        }
    }

    /** Stored responses without a database, of which there are none yet. */
    private static final class NoResponses extends StoredResponses {

        private final boolean isKeyFree;
        private int attempts;
        private String stored;

        private NoResponses(boolean isKeyFree) {
            this.isKeyFree = isKeyFree;
        }

        @Override
        Uni<Boolean> tryLock(VendorSql db, Call call) {
            attempts++;
            return Uni.createFrom().item(isKeyFree);
        }

        @Override
        Uni<byte[]> find(VendorSql db, Call call) {
            return Uni.createFrom().nullItem();
        }

        @Override
        Uni<Void> store(VendorSql db, Call call, byte[] json) {
            stored = new String(json);
            return Uni.createFrom().voidItem();
        }
    }

    @AfterEach
    void close() {
        vertx.close();
    }

    @ParameterizedTest(name = "{0} items: {1}")
    @CsvSource({"100, event loop", "101, worker"})
    void a_long_answer_does_not_keep_the_event_loop_from_other_calls(int items, String thread) {
        NoResponses responses = new NoResponses(true);

        execute(responses, Duration.ofSeconds(10), items).join();

        assertTrue(responses.stored.contains("\"" + thread + "\""), responses.stored);
    }

    @Test
    void a_key_in_use_is_asked_for_every_50_ms_and_never_after_the_deadline_of_the_call() {
        NoResponses responses = new NoResponses(false);

        CompletionException failure =
                assertThrows(CompletionException.class, execute(responses, Duration.ofMillis(500), 1)::join);

        assertEquals(Problem.STILL_RUNNING, ((ApiException) failure.getCause()).problem());
        assertTrue(responses.attempts > 1 && responses.attempts <= 10, responses.attempts + " attempts");
    }

    private CompletableFuture<Envelope<Item>> execute(NoResponses responses, Duration timeout, int items) {
        IdempotencyKeys keys = new IdempotencyKeys(responses, vertx, new ObjectMapper());
        Work<Envelope<Item>> change = Work.changeRows(
                        items, db -> Uni.createFrom().item(Collections.nCopies(items, new Item())))
                .map(Envelope::of);
        CompletableFuture<Envelope<Item>> answer = new CompletableFuture<>();
        VertxContext.getOrCreateDuplicatedContext(vertx)
                .runOnContext(start -> keys.executeOnce(
                                Call.begin(request(), "/customers", null, timeout),
                                change,
                                once -> once.statements().apply(null))
                        .subscribe()
                        .with(answer::complete, answer::completeExceptionally));
        return answer;
    }

    /** A request with an idempotency key. */
    private static HttpServerRequest request() {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().set("x-bit-req-id", "id-1");
        return (HttpServerRequest) Proxy.newProxyInstance(
                IdempotencyKeysTest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "method" -> HttpMethod.POST;
                    case "headers" -> headers;
                    default -> null;
                });
    }
}
