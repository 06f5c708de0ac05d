package backoffice.observability;

import backoffice.persistence.Connections;
import backoffice.persistence.DatabaseAvailability;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * The liveness of the pool of connections: down when it has given no connection for a minute, while a new connection outside
 * of it works. Only a restart mends that. A database that is away changes nothing, because no restart brings it back.
 */
@Singleton
@Liveness
class PoolCheck implements AsyncHealthCheck {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final DatabaseAvailability availability;
    private final Supplier<Uni<Void>> pooled;
    private final Supplier<Uni<Void>> fresh;
    private final Duration patience;
    private final AtomicBoolean isLooking = new AtomicBoolean();
    private volatile boolean isFailing;
    private volatile long failsSince;
    private volatile Throwable dead;

    @Inject
    PoolCheck(DatabaseAvailability availability, Pool pool, Connections connections) {
        this(availability, () -> pool.getConnection().chain(SqlConnection::close), connections::tryFresh, PATIENCE);
    }

    PoolCheck(
            DatabaseAvailability availability,
            Supplier<Uni<Void>> pooled,
            Supplier<Uni<Void>> fresh,
            Duration patience) {
        this.availability = availability;
        this.pooled = pooled;
        this.fresh = fresh;
        this.patience = patience;
    }

    /** The answer is what the look at the probe before found, because a look can take longer than a probe waits. */
    @Override
    public Uni<HealthCheckResponse> call() {
        Throwable found = dead;
        if (isLooking.compareAndSet(false, true)) {
            look().eventually(() -> isLooking.set(false)).subscribe().with(done -> {});
        }
        return HealthChecks.check(
                "connection pool",
                found == null ? Uni.createFrom().voidItem() : Uni.createFrom().failure(found),
                failure -> "no connection of the pool for a minute, while a new connection works");
    }

    private Uni<Void> look() {
        Uni<Void> works =
                availability.hasSucceededWithin(patience) ? Uni.createFrom().voidItem() : pooled.get();
        return works.invoke(() -> {
                    isFailing = false;
                    dead = null;
                })
                .onFailure()
                .recoverWithUni(this::compareWithFresh);
    }

    private Uni<Void> compareWithFresh(Throwable failure) {
        if (!isFailing) {
            isFailing = true;
            failsSince = System.nanoTime();
        }
        return System.nanoTime() - failsSince < patience.toNanos()
                ? Uni.createFrom().voidItem()
                : fresh.get().onItemOrFailure().transform((works, away) -> {
                    dead = away == null ? failure : null;
                    return null;
                });
    }
}
