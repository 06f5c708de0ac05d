package backoffice.persistence;

import backoffice.bulkhead.Bulkhead;
import backoffice.bulkhead.Bulkhead.Resource;
import backoffice.call.Call;
import backoffice.envelope.Problem;
import backoffice.persistence.Work.Cost;
import backoffice.value.Vendor;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The shares of vendors, and the turns of their calls: no vendor keeps PostgreSQL and the processors from the others. See
 * docs/adr/0034.
 */
@Singleton
public class VendorShares {

    private final DatabaseSettings settings;
    private final Bulkhead sharedConnections;
    private final Bulkhead connections;
    private final Bulkhead largePages;
    private final Bulkhead expensive;

    VendorShares(
            DatabaseSettings settings,
            Vertx vertx,
            MeterRegistry meters,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int maxConnections) {
        this.settings = settings;
        double share = settings.vendorShare();
        int reads = Connections.readsInFlight(maxConnections);
        int size = Connections.calls(maxConnections);
        int statements = settings.expensiveStatements();
        // More of them at once would keep all processors from the calls of other vendors.
        int pages = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.sharedConnections = new Bulkhead(vertx, meters, resource("short reads", reads, reads * share));
        this.connections = new Bulkhead(vertx, meters, resource("connections", size, size * share));
        this.largePages = new Bulkhead(vertx, meters, resource("large pages", pages, pages / 2));
        this.expensive = new Bulkhead(vertx, meters, resource("expensive statements", statements, statements - 1));
    }

    private Resource resource(String name, int capacity, double share) {
        long atLeastOne = Math.max(1, (long) share);
        return new Resource(name, Problem.DATABASE_UNAVAILABLE, capacity, atLeastOne, settings.acquireQueueSize());
    }

    /** Waits for the turn of a call, and executes the next step in that turn. The acquire timeout is for all waits together. */
    public <T> Uni<T> take(Vendor vendor, Cost cost, Supplier<Uni<T>> next) {
        return Uni.createFrom().deferred(() -> {
            long deadline = Call.endOfWait(settings.acquireTimeout());
            Supplier<Uni<T>> connected = () -> connections.execute(vendor, 1, deadline, next);
            return switch (cost) {
                case ONE_ROW -> sharedConnections.execute(vendor, 1, deadline, next);
                case CHEAP -> connected.get();
                case LARGE_PAGE -> largePages.execute(vendor, 1, deadline, connected);
                case EXPENSIVE -> expensive.execute(vendor, 1, deadline, connected);
            };
        });
    }
}
