package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The connections of one event loop. Their number follows the heap, and the longest idle one is closed for a new one
 * (docs/adr/0033). Connections that have brought no call with a valid bitkey, and those of the management port, are apart,
 * so others are not closed for them. Connections of slow clients are closed (docs/adr/0015).
 */
final class ConnectionBudget {

    private static final long HEAP_BYTES_FOR_CONNECTION = 384 << 10;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_OF_MANAGEMENT = 64;
    private static final int MIN_OF_EVENT_LOOP = 4;
    private static final long CHECK_MILLIS = 500;
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = Logger.getLogger(ConnectionBudget.class);
    private static final FastThreadLocal<ConnectionBudget> CURRENT = new FastThreadLocal<>();

    private final int max;
    private final int maxOfManagement;
    private final int managementPort;
    private final long requestNanos;
    private final long responseNanos;
    // Each in the order in which its connections were opened or became idle.
    private final Set<ClientConnection> fresh = new LinkedHashSet<>();
    private final Set<ClientConnection> answered = new LinkedHashSet<>();
    private final Set<ClientConnection> authenticated = new LinkedHashSet<>();
    private final Set<ClientConnection> ofManagement = new LinkedHashSet<>();
    private final List<Set<ClientConnection>> all = List.of(fresh, answered, authenticated, ofManagement);
    private int closedSinceLog;
    private long loggedAt = System.nanoTime() - LOG_INTERVAL_NANOS;

    private ConnectionBudget(EventLoop eventLoop) {
        Config config = ConfigProvider.getConfig();
        long eventLoops =
                StreamSupport.stream(eventLoop.parent().spliterator(), false).count();
        long fitting = Math.min(MAX_CONNECTIONS, Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_CONNECTION);
        max = (int) Math.max(MIN_OF_EVENT_LOOP, fitting / eventLoops);
        maxOfManagement = (int) Math.max(MIN_OF_EVENT_LOOP, MAX_OF_MANAGEMENT / eventLoops);
        managementPort = config.getValue("quarkus.management.port", int.class);
        requestNanos = config.getValue("backoffice.limits.request-timeout", Duration.class)
                .toNanos();
        responseNanos = config.getValue("backoffice.limits.response-timeout", Duration.class)
                .toNanos();
        eventLoop.scheduleWithFixedDelay(this::closeSlowClients, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** The budget of the event loop that runs this code. */
    static ConnectionBudget of(EventLoop eventLoop) {
        if (CURRENT.get() == null) {
            CURRENT.set(new ConnectionBudget(eventLoop));
        }
        return CURRENT.get();
    }

    /** Adds a connection to this address of the service, and closes another one for it if there are too many. */
    void open(ClientConnection connection, SocketAddress local) {
        boolean management = local instanceof InetSocketAddress address && address.getPort() == managementPort;
        List<Set<ClientConnection>> alike = management ? List.of(ofManagement) : List.of(answered, fresh);
        int count = alike.stream().mapToInt(Set::size).sum();
        if (management ? count >= maxOfManagement : count >= max / 4 || count + authenticated.size() >= max) {
            first(alike, ClientConnection::isIdle)
                    .or(() -> first(alike, busy -> true))
                    .ifPresent(this::evict);
        }
        (management ? ofManagement : fresh).add(connection);
    }

    private static Optional<ClientConnection> first(
            List<Set<ClientConnection>> sets, Predicate<ClientConnection> condition) {
        return sets.stream().flatMap(Set::stream).filter(condition).findFirst();
    }

    /** Tells that the connection has brought a call with a valid bitkey. It is closed when all others are busy. */
    void authenticate(ClientConnection connection) {
        if (fresh.remove(connection) || answered.remove(connection)) {
            authenticated.add(connection);
            if (authenticated.size() > max - max / 4) {
                evict(first(List.of(authenticated), ClientConnection::isIdle).orElse(connection));
            }
        }
    }

    /** Tells that the last request of the connection is answered. */
    void becomeIdle(ClientConnection connection) {
        if (authenticated.remove(connection)) {
            authenticated.add(connection);
        } else if (fresh.remove(connection) || answered.remove(connection)) {
            answered.add(connection);
        } else if (ofManagement.remove(connection)) {
            ofManagement.add(connection);
        }
    }

    /** Removes a connection that is closed. */
    void remove(ClientConnection connection) {
        all.forEach(connections -> connections.remove(connection));
    }

    private void closeSlowClients() {
        long now = System.nanoTime();
        all.stream()
                .flatMap(Set::stream)
                .filter(client -> client.isTooSlow(now, requestNanos, responseNanos))
                .toList()
                .forEach(ClientConnection::close);
    }

    private void evict(ClientConnection surplus) {
        evict(surplus, "connections");
    }

    /** Closes a connection, and counts and logs it. */
    void evict(ClientConnection connection, String reason) {
        connection.close();
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
