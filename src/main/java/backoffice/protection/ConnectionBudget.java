package backoffice.protection;

import io.micrometer.core.instrument.Metrics;
import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.ImmediateEventExecutor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
 * The connections of one event loop. Their number follows the heap, and an idle one is closed for a new one
 * (docs/adr/0033). Connections that have brought no call with a valid bitkey, and those of the management port, are apart,
 * so others are not closed for them. Connections of slow clients are closed (docs/adr/0015).
 */
public final class ConnectionBudget {

    private static final long HEAP_BYTES_FOR_CONNECTION = 384 << 10;
    private static final int MAX_CONNECTIONS = 10_000;
    private static final int MAX_OF_MANAGEMENT = 64;
    private static final int MIN_OF_EVENT_LOOP = 4;
    private static final long CHECK_MILLIS = 500;
    private static final long LOG_INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Logger LOG = Logger.getLogger(ConnectionBudget.class);
    private static final FastThreadLocal<ConnectionBudget> CURRENT = new FastThreadLocal<>();

    private final int max;
    private final int maxAuthenticated;
    private final int maxCallsOfVendor;
    private final int maxOfManagement;
    private final int managementPort;
    private final long requestNanos;
    private final long responseNanos;
    private final Map<String, Integer> calls = new HashMap<>();
    // Each in the order in which its connections came to it.
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
        maxAuthenticated = max - max / 4;
        maxCallsOfVendor = maxAuthenticated - maxAuthenticated / 4;
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
        if (alike.stream().mapToInt(Set::size).sum() >= (management ? maxOfManagement : max - maxAuthenticated)) {
            alike.stream()
                    .flatMap(Set::stream)
                    .filter(ClientConnection::isIdle)
                    .findFirst()
                    .or(() -> alike.stream().flatMap(Set::stream).findFirst())
                    .ifPresent(longestIdle -> evict(longestIdle, "connections"));
        }
        (management ? ofManagement : fresh).add(connection);
    }

    /**
     * Tells that the connection has brought a call of the vendor. Beyond the calls that a vendor can have at once, the
     * connection is closed. Beyond the number of connections, the youngest idle one is, so a client that opens many does
     * not take those of others.
     */
    void authenticate(ClientConnection connection, String vendor) {
        if (fresh.remove(connection) || answered.remove(connection)) {
            authenticated.add(connection);
        }
        if (authenticated.contains(connection) && connection.vendor == null) {
            connection.vendor = vendor;
            if (calls.merge(vendor, 1, Integer::sum) > maxCallsOfVendor) {
                evict(connection, "vendor");
            } else if (authenticated.size() > maxAuthenticated) {
                ClientConnection youngestIdle = authenticated.stream()
                        .filter(ClientConnection::isIdle)
                        .reduce(connection, (elder, younger) -> younger);
                evict(youngestIdle, "connections");
            }
        }
    }

    private void endCall(ClientConnection connection) {
        if (connection.vendor != null) {
            calls.computeIfPresent(connection.vendor, (vendor, count) -> count == 1 ? null : count - 1);
            connection.vendor = null;
        }
    }

    /** Tells that the client has read the answer to its last request. */
    void becomeIdle(ClientConnection connection) {
        endCall(connection);
        if (fresh.remove(connection) || answered.remove(connection)) {
            answered.add(connection);
        } else if (ofManagement.remove(connection)) {
            ofManagement.add(connection);
        }
    }

    /** Removes a connection that is closed. */
    void remove(ClientConnection connection) {
        endCall(connection);
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

    /**
     * The Netty extension that adds a {@link ClientConnection} to each connection. A connection is watched from its first byte;
     * Vert.x and Quarkus know of a request only when all its headers have come. Netty loads it as a service, because
     * {@code http/BootstrapSettings} sets the system property for it.
     */
    public static class Initializer extends ChannelInitializerExtension {

        private static final Set<ServerChannel> LISTENERS = ConcurrentHashMap.newKeySet();

        @Override
        public void postInitializeServerListenerChannel(ServerChannel listener) {
            LISTENERS.add(listener);
        }

        /** Stops listening, but on this port. Connections that are open stay so. */
        static ChannelGroupFuture closeListeners(int but) {
            // The executable cannot have an executor of Netty in its image, so this is no constant.
            ChannelGroup listeners = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);
            listeners.addAll(LISTENERS);
            return listeners.close(listener ->
                    listener.localAddress() instanceof InetSocketAddress address && address.getPort() != but);
        }

        /** Vert.x adds its handlers before this initializer runs. With TLS, the first one decrypts and has the name "ssl". */
        @Override
        public void postInitializeServerChildChannel(Channel connection) {
            connection.pipeline().addLast(new ChannelInitializer<>() {
                @Override
                protected void initChannel(Channel initialized) {
                    ChannelPipeline pipeline = initialized.pipeline();
                    ClientConnection client = new ClientConnection();
                    if (pipeline.get("ssl") == null) {
                        pipeline.addFirst(client);
                    } else {
                        pipeline.addAfter("ssl", null, client);
                    }
                }
            });
        }
    }
}
