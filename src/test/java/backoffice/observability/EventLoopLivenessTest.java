package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Await;
import backoffice.testsupport.Management;
import backoffice.testsupport.Race;
import backoffice.testsupport.RawHttp;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.health.api.AsyncHealthCheck;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 9.1: liveness fails when an event loop does not answer, on whichever loop the probe arrives. */
@QuarkusTest
class EventLoopLivenessTest {

    /** The timeout of the probe in k8s/. */
    private static final int TIMEOUT_MILLIS = 3000;

    private static final String UP = "HTTP/1.1 200 ";

    @Inject
    @MainEventLoopGroup
    EventLoopGroup group;

    @Test
    @Tag("slow")
    void liveness_is_down_while_an_event_loop_is_blocked() {
        // Given an event loop that a task blocks, one after the other, since the port of the probes is on one of them
        List<String> probes = new ArrayList<>();
        for (EventExecutor loop : group) {
            CompletableFuture<Void> isBlocked = new CompletableFuture<>();
            CompletableFuture<Void> isOver = new CompletableFuture<>();
            loop.execute(() -> {
                isBlocked.complete(null);
                isOver.join();
            });
            isBlocked.join();
            try {
                // When probes arrive
                probes.addAll(probes());
            } finally {
                isOver.complete(null);
            }
        }

        // Then each of them fails, by its answer or, on their own loop, by its timeout
        assertThat(probes, everyItem(not(startsWith(UP))));
        assertThat(probes, hasItem(containsString("one of " + loops() + " event loops does not answer")));

        // And liveness is up again when the task has ended
        assertThat(probes(), everyItem(startsWith(UP)));
    }

    @Test
    void a_loop_that_is_busy_for_a_second_kills_no_pod() {
        group.next().execute(() -> Await.sleep(Duration.ofSeconds(1)));

        assertThat(probes(), everyItem(startsWith(UP)));
    }

    @Test
    void liveness_is_down_at_once_when_an_event_loop_has_ended() throws Exception {
        EventLoopGroup own = new NioEventLoopGroup(2);
        AsyncHealthCheck liveness = HealthChecks.eventLoops(own);
        assertEquals(
                HealthCheckResponse.Status.UP,
                liveness.call().await().indefinitely().getStatus());

        own.next().shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();

        HealthCheckResponse response = liveness.call().await().atMost(Duration.ofSeconds(1));
        assertEquals(HealthCheckResponse.Status.DOWN, response.getStatus());
        assertEquals(
                Map.of("reason", "one of 2 event loops does not answer"),
                response.getData().orElseThrow());
    }

    private int loops() {
        return (int) StreamSupport.stream(group.spliterator(), false).count();
    }

    /** The answers to probes on new connections, empty where none came in time. */
    private List<String> probes() {
        String live = RawHttp.head("GET /q/health/live", "") + "\r\n";
        return Race.run(
                Collections.nCopies(2 * loops(), () -> RawHttp.sendAndHangUp(Management.PORT, live, TIMEOUT_MILLIS)));
    }
}
