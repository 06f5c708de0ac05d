package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The connections of one event loop to the calls, or to the management port. Their number follows the heap (docs/adr/0033).
 * Connections of slow clients are closed (docs/adr/0015).
 */
final class ConnectionBudget {

    private static final long HEAP_BYTES_FOR_CONNECTION = 384 << 10;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_OF_MANAGEMENT = 64;
    private static final int MIN_OF_EVENT_LOOP = 4;
    private static final long CHECK_MILLIS = 500;
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = Logger.getLogger(ConnectionBudget.class);
    private static final Map<List<Object>, ConnectionBudget> ALL = new ConcurrentHashMap<>();

    private final Set<ClientConnection> connections = new HashSet<>();
    private final long max;
    private final long requestNanos;
    private final long responseNanos;
    private long loggedAt = System.nanoTime() - LOG_INTERVAL_NANOS;

    private ConnectionBudget(Config config, EventLoop eventLoop, boolean ofManagement) {
        long fitting = Math.min(MAX_CONNECTIONS, Runtime.getRuntime().maxMemory() / HEAP_BYTES_FOR_CONNECTION);
        long eventLoops =
                StreamSupport.stream(eventLoop.parent().spliterator(), false).count();
        max = Math.max(MIN_OF_EVENT_LOOP, (ofManagement ? MAX_OF_MANAGEMENT : fitting) / eventLoops);
        requestNanos = config.getValue("backoffice.limits.request-timeout", Duration.class)
                .toNanos();
        responseNanos = config.getValue("backoffice.limits.response-timeout", Duration.class)
                .toNanos();
        eventLoop.scheduleWithFixedDelay(this::closeSlowClients, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
    }

    static ConnectionBudget of(Channel channel) {
        Config config = ConfigProvider.getConfig();
        int managementPort = config.getValue("quarkus.management.port", int.class);
        boolean ofManagement =
                channel.localAddress() instanceof InetSocketAddress address && address.getPort() == managementPort;
        return ALL.computeIfAbsent(
                List.of(channel.eventLoop(), ofManagement),
                key -> new ConnectionBudget(config, channel.eventLoop(), ofManagement));
    }

    /**
     * Adds a connection. Beyond the number, one is closed: that without progress for the longest time. Clients that were
     * not served yet have a quarter, and one of them is closed while they have more. An answer that is read is not cut.
     */
    void add(ClientConnection added) {
        connections.add(added);
        if (connections.size() > max) {
            boolean spareServed =
                    connections.stream().filter(client -> !client.served).count() > max / 4;
            connections.stream()
                    .filter(client -> client != added && !client.isReadingAnswer())
                    .min(Comparator.comparing((ClientConnection client) -> client.served == spareServed)
                            .thenComparing(client -> client.lastProgress))
                    .orElse(added)
                    .close();
            Metrics.counter("backoffice.connections.evicted").increment();
            if (System.nanoTime() - loggedAt > LOG_INTERVAL_NANOS) {
                loggedAt = System.nanoTime();
                LOG.warnf("An event loop has %d connections, so it closes one for each new one", max);
            }
        }
    }

    void remove(ClientConnection closed) {
        connections.remove(closed);
    }

    private void closeSlowClients() {
        long now = System.nanoTime();
        connections.stream()
                .filter(client -> client.isTooSlow(now, requestNanos, responseNanos))
                .toList()
                .forEach(ClientConnection::close);
    }
}
