package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.persistence.Connections;
import backoffice.persistence.DatabaseAvailability;
import backoffice.testsupport.Await;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 9.1: liveness fails when the pool has no connection although PostgreSQL gives some. */
@Tag("slow")
@QuarkusTest
class PoolCheckTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration MAX_CHANGE = Duration.ofSeconds(20);

    @Inject
    DatabaseAvailability outages;

    @Inject
    Pool pool;

    @Inject
    Connections connections;

    @ConfigProperty(name = "quarkus.datasource.reactive.max-size")
    int maxSize;

    @Test
    void liveness_is_down_while_the_pool_gives_no_connection_and_postgresql_does() {
        PoolCheck check = check(connections::tryFresh);
        PoolCheck withoutDatabase = check(() -> Uni.createFrom().failure(new IOException("PostgreSQL is away")));
        List<Status> statusesWithoutDatabase = new ArrayList<>();
        // Given a pool whose connections are all in use
        List<SqlConnection> inUse = Stream.generate(
                        () -> pool.getConnection().onFailure().recoverWithNull())
                .limit(maxSize)
                .map(connection -> connection.await().indefinitely())
                .filter(Objects::nonNull)
                .toList();
        long start = System.nanoTime();
        try {
            // When that lasts, then the service is not alive
            Await.atMost(MAX_CHANGE).until(() -> {
                statusesWithoutDatabase.add(status(withoutDatabase));
                return status(check) == Status.DOWN;
            });
            assertThat(System.nanoTime() - start, greaterThan(PATIENCE.toNanos()));
            // But it is while PostgreSQL is away
            Await.sleep(PATIENCE);
            statusesWithoutDatabase.add(status(withoutDatabase));
            assertThat(statusesWithoutDatabase, everyItem(is(Status.UP)));
        } finally {
            inUse.forEach(connection -> connection.close().await().indefinitely());
        }
        Await.atMost(MAX_CHANGE).until(() -> status(check), is(Status.UP));
    }

    private PoolCheck check(Supplier<Uni<Void>> fresh) {
        return new PoolCheck(outages, () -> pool.getConnection().chain(SqlConnection::close), fresh, PATIENCE);
    }

    private static Status status(PoolCheck check) {
        return check.call().await().indefinitely().getStatus();
    }
}
