package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The budget of the connections of one event loop: how many there are, and how many bytes they hold of requests without
 * an answer and of answers that clients have not read yet (docs/adr/0033). Both follow the heap.
 *
 * <p>A connection beyond the budget is not refused. The one that has been idle or has held its bytes for the longest
 * time is closed instead. So stalled connections are closed first, and a client that sends its request at once is
 * served. One vendor has three quarters of the connections at most. Connections of slow clients are closed too (docs/adr/0015).
 */
public final class ConnectionBudget {

    /** A connection that holds fewer bytes is never closed for them. Requests are rarely larger. */
    private static final int HEAVY_BYTES = 8 << 10;

    private static final int MAX_CONNECTIONS = 10_000;
    private static final long HEAP_BYTES_FOR_CONNECTION = 64 << 10;
    private static final long HEAP_BYTES_FOR_HELD_BYTE = 8;
    private static final long CHECK_MILLIS = 500;
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = Logger.getLogger(ConnectionBudget.class);
    private static final FastThreadLocal<ConnectionBudget> CURRENT = new FastThreadLocal<>();

    private final EventLoop eventLoop;
    private final int maxConnections;
    private final int maxOfVendor;
    private final long maxBytes;
    private final long requestTimeoutNanos = nanos("backoffice.limits.request-timeout");
    private final long responseTimeoutNanos = nanos("backoffice.limits.response-timeout");
    // In the order in which they were opened or became idle.
    private final Set<ClientConnection> open = new LinkedHashSet<>();
    private final Set<ClientConnection> heavy = new LinkedHashSet<>();
    private ClientConnection current;
    private long bytes;
    private long bytesOfEvicted;
    private int closedSinceLog;
    private long loggedAt = System.nanoTime() - LOG_INTERVAL_NANOS;

    private ConnectionBudget(EventLoop eventLoop) {
        long heapBytes = Runtime.getRuntime().maxMemory();
        long eventLoops =
                StreamSupport.stream(eventLoop.parent().spliterator(), false).count();
        this.eventLoop = eventLoop;
        this.maxConnections =
                (int) Math.max(1, Math.min(MAX_CONNECTIONS, heapBytes / HEAP_BYTES_FOR_CONNECTION) / eventLoops);
        this.maxOfVendor = maxConnections * 3 / 4;
        this.maxBytes = heapBytes / HEAP_BYTES_FOR_HELD_BYTE / eventLoops;
        eventLoop.scheduleWithFixedDelay(this::closeSlowClients, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static long nanos(String setting) {
        return ConfigProvider.getConfig().getValue(setting, Duration.class).toNanos();
    }

    /** The budget of the event loop that runs this code. */
    static ConnectionBudget of(EventLoop eventLoop) {
        if (CURRENT.get() == null) {
            CURRENT.set(new ConnectionBudget(eventLoop));
        }
        return CURRENT.get();
    }

    /** Adds a new connection. Another one may have to go for it: one that never sent a request, or else an idle one. */
    void open(ClientConnection connection) {
        open.add(connection);
        if (open.size() > maxConnections) {
            ClientConnection surplus = first(other -> other.isUnserved() && other != connection)
                    .or(() -> first(ClientConnection::isIdle))
                    .orElse(connection);
            evict(surplus, "connections");
        }
    }

    private Optional<ClientConnection> first(Predicate<ClientConnection> condition) {
        return open.stream().filter(condition).findFirst();
    }

    /**
     * Tells that the request that this event loop handles now is of a vendor. A connection belongs to the vendor of its
     * last call. Beyond the share of the vendor, its connection that has been idle for the longest time is closed, or this
     * one when none is idle.
     */
    public static void recordVendor(String vendor) {
        ConnectionBudget budget = CURRENT.get();
        if (budget != null && budget.current != null) {
            budget.assign(budget.current, vendor);
        }
    }

    private void assign(ClientConnection connection, String vendor) {
        if (!connection.isOf(vendor)) {
            connection.setVendor(vendor);
            if (open.size() > maxOfVendor) {
                // The codec of the connection is in the middle of the request.
                eventLoop.execute(() -> evictSurplus(vendor, connection));
            }
        }
    }

    private void evictSurplus(String vendor, ClientConnection latest) {
        if (open.stream().filter(connection -> connection.isOf(vendor)).count() > maxOfVendor) {
            first(connection -> connection.isOf(vendor) && connection.isIdle())
                    .or(() -> Optional.of(latest).filter(open::contains))
                    .ifPresent(surplus -> evict(surplus, "vendor"));
        }
    }

    /** Sets the connection whose request is handled now; null for none. */
    void handle(ClientConnection connection) {
        current = connection;
    }

    private void closeSlowClients() {
        long now = System.nanoTime();
        open.stream()
                .filter(client -> client.isTooSlow(now - requestTimeoutNanos, now - responseTimeoutNanos))
                .toList()
                .forEach(ClientConnection::close);
    }

    /** Removes a connection that is closed. */
    void close(ClientConnection connection) {
        open.remove(connection);
        heavy.remove(connection);
        bytes -= connection.heldBytes();
    }

    /** All requests of the connection are answered. */
    void becomeIdle(ClientConnection connection) {
        open.remove(connection);
        open.add(connection);
    }

    /** Counts the bytes that a connection holds now. */
    void count(ClientConnection connection) {
        long delta = connection.recount();
        bytes += delta;
        if (connection.heldBytes() < HEAVY_BYTES) {
            heavy.remove(connection);
        } else if (delta != 0) {
            heavy.add(connection);
            evictHeavyConnections();
            if (delta > 0 && bytes + bytesOfEvicted > 2 * maxBytes && heavy.contains(connection)) {
                evict(connection, "memory");
            }
        }
    }

    private void evictHeavyConnections() {
        while (bytes > maxBytes && !heavy.isEmpty()) {
            ClientConnection eldest = heavy.iterator().next();
            heavy.remove(eldest);
            // The client may have read its answer meanwhile.
            bytes += eldest.recount();
            if (eldest.heldBytes() >= HEAVY_BYTES) {
                evict(eldest, "memory");
            }
        }
    }

    /** Closes a connection, and counts and logs it. Its objects are in memory until the event loop tells its handlers. */
    void evict(ClientConnection connection, String reason) {
        long heldBytes = connection.heldBytes();
        bytesOfEvicted += heldBytes;
        connection.close();
        eventLoop.execute(() -> bytesOfEvicted -= heldBytes);
        Metrics.counter("backoffice.connections.evicted", "reason", reason).increment();
        closedSinceLog++;
        if (System.nanoTime() - loggedAt > LOG_INTERVAL_NANOS) {
            LOG.warnf(
                    "%d connections were closed to protect the memory of the service, the last one for its %s",
                    closedSinceLog, reason);
            loggedAt = System.nanoTime();
            closedSinceLog = 0;
        }
    }
}
