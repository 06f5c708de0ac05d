package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
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
    private static final double SHARE_OF_VENDOR = 0.75;
    private static final long HEAP_BYTES_FOR_CONNECTION = 64 << 10;
    private static final long HEAP_BYTES_FOR_HELD_BYTE = 8;
    private static final long CHECK_MILLIS = 500;
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = Logger.getLogger(ConnectionBudget.class);
    private static final FastThreadLocal<ConnectionBudget> CURRENT = new FastThreadLocal<>();

    private final EventLoop eventLoop;
    private final int maxConnections;
    private final long maxBytes;
    private final Set<ClientConnection> open = new HashSet<>();
    private final Set<ClientConnection> unserved = new LinkedHashSet<>();
    private final Set<ClientConnection> idle = new LinkedHashSet<>();
    private final Set<ClientConnection> heavy = new LinkedHashSet<>();
    private final Map<String, Integer> connectionsByVendor = new HashMap<>();
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
        this.maxBytes = heapBytes / HEAP_BYTES_FOR_HELD_BYTE / eventLoops;
        eventLoop.scheduleWithFixedDelay(this::closeSlowClients, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The budget of the event loop that runs this code. */
    static ConnectionBudget of(EventLoop eventLoop) {
        if (CURRENT.get() == null) {
            CURRENT.set(new ConnectionBudget(eventLoop));
        }
        return CURRENT.get();
    }

    /** Adds a new connection. The connection that has been idle for the longest time may have to go for it. */
    void open(ClientConnection connection) {
        open.add(connection);
        unserved.add(connection);
        while (open.size() > maxConnections) {
            Set<ClientConnection> candidates = unserved.size() > 1 || idle.isEmpty() ? unserved : idle;
            evict(candidates.iterator().next(), "connections");
        }
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
        if (vendor.equals(connection.vendor())) {
            return;
        }
        removeFromVendor(connection);
        connection.setVendor(vendor);
        if (connectionsByVendor.merge(vendor, 1, Integer::sum) > maxConnections * SHARE_OF_VENDOR) {
            // The codec of the connection is in the middle of the request.
            eventLoop.execute(() -> evictSurplus(vendor, connection));
        }
    }

    private void evictSurplus(String vendor, ClientConnection latest) {
        if (connectionsByVendor.getOrDefault(vendor, 0) > maxConnections * SHARE_OF_VENDOR) {
            idle.stream()
                    .filter(connection -> vendor.equals(connection.vendor()))
                    .findFirst()
                    .or(() -> Optional.of(latest).filter(open::contains))
                    .ifPresent(surplus -> evict(surplus, "vendor"));
        }
    }

    private void removeFromVendor(ClientConnection connection) {
        if (connection.vendor() != null) {
            connectionsByVendor.computeIfPresent(connection.vendor(), (vendor, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Sets the connection whose request is handled now; null for none. */
    void handle(ClientConnection connection) {
        current = connection;
    }

    private void closeSlowClients() {
        long now = System.nanoTime();
        open.stream().filter(c -> c.isTooSlow(now)).toList().forEach(ClientConnection::close);
    }

    /** Removes a connection that is closed. */
    void close(ClientConnection connection) {
        open.remove(connection);
        unserved.remove(connection);
        idle.remove(connection);
        heavy.remove(connection);
        bytes -= connection.heldBytes();
        removeFromVendor(connection);
    }

    /** A request of the connection is complete, so the connection is not idle. */
    void startRequest(ClientConnection connection) {
        unserved.remove(connection);
        idle.remove(connection);
    }

    /** All requests of the connection are answered. */
    void becomeIdle(ClientConnection connection) {
        unserved.remove(connection);
        idle.add(connection);
    }

    /** Counts bytes that a connection holds more, or fewer, than before. */
    void count(ClientConnection connection, long delta) {
        bytes += delta;
        if (connection.heldBytes() < HEAVY_BYTES) {
            heavy.remove(connection);
            return;
        }
        heavy.add(connection);
        evictHeavyConnections();
        if (delta > 0 && bytes + bytesOfEvicted > 2 * maxBytes && heavy.remove(connection)) {
            evict(connection, "memory");
        }
    }

    private void evictHeavyConnections() {
        while (bytes > maxBytes && !heavy.isEmpty()) {
            ClientConnection eldest = heavy.iterator().next();
            heavy.remove(eldest);
            // The client may have read its answer meanwhile.
            bytes += eldest.recountResponseBytes();
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
