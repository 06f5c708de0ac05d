package backoffice.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Creates the connection pools, with options that Quarkus has no property for (docs/adr/0005 and 0016). */
@Singleton
class ConnectionPools implements PgPoolCreator {

    private static final Set<SslMode> VERIFYING = EnumSet.of(SslMode.VERIFY_CA, SslMode.VERIFY_FULL);
    private static final int CONNECTIONS_PER_READ_CONNECTION = 5;
    private static final int READS_IN_FLIGHT = 16;
    private static final int MIN_PREPARED_STATEMENTS = 32;
    private static final int MAX_PREPARED_STATEMENTS = 256;

    private final DatabaseSettings settings;
    private final AtomicInteger opened = new AtomicInteger();
    private List<PgConnectOptions> servers;
    private SqlClient reads;
    private Pool aside;

    ConnectionPools(DatabaseSettings settings) {
        if (VERIFYING.contains(settings.tls()) && settings.tlsCa().isEmpty()) {
            throw new ConfigurationException("backoffice.database.tls checks the certificate of PostgreSQL."
                    + " Set backoffice.database.tls-ca to the file of its certificate authority.");
        }
        this.settings = settings;
    }

    /**
     * Creates the pool of calls. Beside it, short reads share a fifth of the connections ({@link Database#read}), and one
     * connection is for {@link Database#sqlOfNoVendor}.
     */
    @Override
    public Pool create(Input input) {
        servers = input.pgConnectOptionsList();
        int size = input.poolOptions().getMaxSize();
        int shared = reads(size);
        // A pool that executes statements itself logs errors of its acquire timeout (vertx-sql-client#1706).
        PoolOptions forReads = options(input, "-reads", shared).setConnectionTimeout(0);
        reads = open(PgBuilder.client(), input.vertx(), forReads, READS_IN_FLIGHT);
        aside = open(PgBuilder.pool(), input.vertx(), options(input, "-aside", 1), 1);
        PoolOptions forCalls = options(input, "", calls(size));
        return open(PgBuilder.pool(), input.vertx(), forCalls, 1);
    }

    /** The servers of the URL take turns, one for each connection that is opened. */
    private PgConnectOptions nextServer() {
        return new PgConnectOptions(servers.get(Math.floorMod(opened.getAndIncrement(), servers.size())));
    }

    private <C> C open(ClientBuilder<C> client, Vertx vertx, PoolOptions options, int pipeliningLimit) {
        client.with(options)
                .connectingTo(() -> Future.succeededFuture(connectOptions(nextServer(), pipeliningLimit)))
                .using(vertx);
        return client.build();
    }

    private PoolOptions options(Input input, String suffix, int size) {
        PoolOptions options = new PoolOptions(input.poolOptions());
        return options.setName(options.getName() + suffix)
                .setMaxSize(size)
                .setMaxWaitQueueSize(settings.acquireQueueSize())
                .setConnectionTimeout((int) settings.acquireTimeout().toMillis())
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    private static int reads(int size) {
        return Math.max(1, size / CONNECTIONS_PER_READ_CONNECTION);
    }

    /** The number of connections, of all connections, that calls have each for itself. */
    static int calls(int size) {
        return Math.max(1, size - reads(size) - 1);
    }

    /** The number of short reads that are sent at the same time. */
    static int readsInFlight(int size) {
        return reads(size) * READS_IN_FLIGHT;
    }

    SqlClient reads() {
        return reads;
    }

    Pool aside() {
        return aside;
    }

    private SqlConnectOptions connectOptions(PgConnectOptions server, int pipeliningLimit) {
        int socketIdleMillis = (int) settings.socketIdleTimeout().toMillis();
        encrypt(server);
        // At the idle timeout, the client waits for the server to close the connection. A server that vanished never
        // does.
        server.setTcpUserTimeout(socketIdleMillis);
        return server.setPipeliningLimit(pipeliningLimit)
                // Behind PgBouncer, a statement without a name can be prepared on one connection and executed on
                // another.
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .setPreparedStatementCacheMaxSize(preparedStatements())
                .setIdleTimeout(socketIdleMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    }

    /** How many prepared statements a connection keeps: one for each 2 MiB of heap. See docs/adr/0012. */
    private static int preparedStatements() {
        long mebibytes = Runtime.getRuntime().maxMemory() >> 20;
        return (int) Math.max(MIN_PREPARED_STATEMENTS, Math.min(mebibytes / 2, MAX_PREPARED_STATEMENTS));
    }

    private void encrypt(PgConnectOptions server) {
        server.setSslMode(settings.tls())
                .setTrustAll(!VERIFYING.contains(settings.tls()))
                .setHostnameVerificationAlgorithm(settings.tls() == SslMode.VERIFY_FULL ? "HTTPS" : "");
        settings.tlsCa().ifPresent(file -> server.setPemTrustOptions(new PemTrustOptions().addCertPath(file)));
    }
}
