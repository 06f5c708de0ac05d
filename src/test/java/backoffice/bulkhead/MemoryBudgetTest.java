package backoffice.bulkhead;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.call.Call;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a call holds of the memory, on a context of its own. */
class MemoryBudgetTest {

    @AutoClose
    private static final Vertx VERTX = Vertx.vertx();

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MemoryBudget budget = new MemoryBudget(VERTX, meters, 0.25);

    @Test
    void a_call_holds_the_memory_of_its_body_until_it_ends() {
        CompletableFuture<Call> reading = body(false);

        Call call = reading.join();
        assertEquals(9 << 10, held());
        call.recordEnd();

        assertEquals(0, held());
    }

    @Test
    void a_call_that_has_ended_before_its_body_is_read_holds_nothing() {
        CompletableFuture<Call> reading = body(true);

        assertThrows(CompletionException.class, reading::join);
        assertEquals(0, held());
        assertEquals(0, refused(), "its client has gone, and memory was left");
    }

    private CompletableFuture<Call> body(boolean hasEnded) {
        CompletableFuture<Call> reading = new CompletableFuture<>();
        VertxContext.createNewDuplicatedContext(VERTX.getOrCreateContext()).runOnContext(begin -> {
            Call call = Call.begin(request(), "/customer_groups", "/customer_groups", Duration.ofSeconds(3));
            call.recordCaller(new Vendor("acme"), "key");
            if (hasEnded) {
                call.recordEnd();
            }
            Uni<Void> granted = budget.growBody(call, 0, 1 << 10);
            granted.subscribe().with(done -> reading.complete(call), reading::completeExceptionally);
        });
        return reading;
    }

    private double held() {
        return meters.get("backoffice.bulkhead.held").gauge().value();
    }

    private double refused() {
        return meters.get("backoffice.bulkhead.refused.calls").counter().count();
    }

    /** A request of which a call reads the method and no header. */
    private static HttpServerRequest request() {
        return (HttpServerRequest) Proxy.newProxyInstance(
                HttpServerRequest.class.getClassLoader(),
                new Class<?>[] {HttpServerRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "method" -> HttpMethod.POST;
                    case "headers" -> HttpHeaders.headers();
                    default -> null;
                });
    }
}
