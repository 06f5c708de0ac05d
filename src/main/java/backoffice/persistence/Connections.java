package backoffice.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The pools of connections to PostgreSQL, with their encryption and the options that Quarkus has no property for. See
 * docs/adr/0005 and 0016.
 */
@Singleton
public class Connections implements PgPoolCreator {

    private static final int CONNECTIONS_PER_READ_CONNECTION = 5;
    private static final int READS_IN_FLIGHT = 16;

    private final DatabaseSettings settings;
    private final boolean checksCertificate;
    Pool calls;
    SqlClient reads;
    Pool aside;
    private Supplier<Future<PgConnection>> fresh;

    Connections(DatabaseSettings settings) {
        this.settings = settings;
        this.checksCertificate = settings.tls() == SslMode.VERIFY_CA || settings.tls() == SslMode.VERIFY_FULL;
        if (checksCertificate && settings.tlsCa().isEmpty()) {
            throw new ConfigurationException("backoffice.database.tls checks the certificate of PostgreSQL."
                    + " Set backoffice.database.tls-ca to the file of its certificate authority.");
        }
    }

    /**
     * Creates the pool of calls. Beside it, short reads share a fifth of the connections
     * ({@link Work#readRow}), and one connection is for {@link Database#withoutVendor}.
     */
    @Override
    public Pool create(Input input) {
        int size = input.poolOptions().getMaxSize();
        // A pool that executes statements itself logs errors of its acquire timeout (vertx-sql-client#1706).
        PoolOptions forReads = options(input, "-reads", reads(size)).setConnectionTimeout(0);
        reads = pool(PgBuilder.client(), input, forReads, READS_IN_FLIGHT);
        aside = pool(PgBuilder.pool(), input, options(input, "-aside", 1), 1);
        calls = pool(PgBuilder.pool(), input, options(input, "", calls(size)), 1);
        DatabaseServer server = new DatabaseServer(
                input.vertx(), connectOptions(input.pgConnectOptionsList().get(0), 1));
        fresh = () -> server.nextConnection()
                .compose(options -> PgConnection.connect(input.vertx(), PgConnectOptions.wrap(options)));
        return calls;
    }

    /** Opens a connection to the first server outside of the pools, and closes it. Fails when that is not possible. */
    public Uni<Void> tryFresh() {
        return UniHelper.toUni(fresh.get().compose(PgConnection::close));
    }

    /** The servers of the URL take turns, one for each connection that is opened. */
    private <C> C pool(ClientBuilder<C> client, Input input, PoolOptions options, int pipeliningLimit) {
        List<DatabaseServer> servers = input.pgConnectOptionsList().stream()
                .map(server -> new DatabaseServer(input.vertx(), connectOptions(server, pipeliningLimit)))
                .toList();
        AtomicInteger turn = new AtomicInteger();
        return client.with(options)
                .connectingTo(() -> servers.get(Math.floorMod(turn.getAndIncrement(), servers.size()))
                        .nextConnection())
                .using(input.vertx())
                .build();
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

    private PgConnectOptions connectOptions(PgConnectOptions server, int pipeliningLimit) {
        PgConnectOptions options = new PgConnectOptions(server)
                .setPipeliningLimit(pipeliningLimit)
                // Behind PgBouncer, a statement without a name can miss the connection on which it is prepared.
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .setPreparedStatementCacheMaxSize(preparedStatements())
                .setSslMode(settings.tls())
                .setTrustAll(!checksCertificate)
                .setHostnameVerificationAlgorithm(settings.tls() == SslMode.VERIFY_FULL ? "HTTPS" : "");
        settings.tlsCa().ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file)));
        return options;
    }

    /** How many prepared statements a connection keeps: one for each 4 MiB of heap, 32 to 256. See docs/adr/0012. */
    private static int preparedStatements() {
        return (int) Math.max(32, Math.min(Runtime.getRuntime().maxMemory() >> 22, 256));
    }
}
