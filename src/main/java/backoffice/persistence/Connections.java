package backoffice.persistence;

import backoffice.value.Call;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.vertx.ContextLocals;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Future;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.ClientBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * The connections to PostgreSQL. It creates their pools, with their encryption and the options that Quarkus has no property
 * for (docs/adr/0005 and 0016). It opens the connection, session or transaction of a call, which {@link VendorSql} and Panache
 * then use.
 */
@Singleton
public class Connections implements PgPoolCreator {

    /** How the statements of a call reach PostgreSQL. See docs/adr/0005. */
    public enum Access {
        /** On connections that concurrent calls share. */
        SHARED_CONNECTION,
        /** On a connection of the call. */
        CONNECTION,
        /** In a session of Panache, for HQL. */
        SESSION,
        /** In a session of Panache whose statements all see the rows of one moment. */
        SNAPSHOT,
        /** In a transaction on a connection of the call. */
        TRANSACTION
    }

    private static final String CURRENT = Connections.class.getName();
    private static final String SNAPSHOT = "set transaction isolation level repeatable read, read only";
    private static final int CONNECTIONS_PER_READ_CONNECTION = 5;
    private static final int READS_IN_FLIGHT = 16;

    private final DatabaseSettings settings;
    private final boolean checksCertificate;
    Pool calls;
    SqlClient reads;
    Pool aside;

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
     * ({@link VendorSql#selectByKey}), and one connection is for {@link VendorSql#withoutVendor}.
     */
    @Override
    public Pool create(Input input) {
        int size = input.poolOptions().getMaxSize();
        // A pool that executes statements itself logs errors of its acquire timeout (vertx-sql-client#1706).
        PoolOptions forReads = options(input, "-reads", reads(size)).setConnectionTimeout(0);
        reads = pool(PgBuilder.client(), input, forReads, READS_IN_FLIGHT);
        aside = pool(PgBuilder.pool(), input, options(input, "-aside", 1), 1);
        calls = pool(PgBuilder.pool(), input, options(input, "", calls(size)), 1);
        return calls;
    }

    /** The servers of the URL take turns, one for each connection that is opened. */
    private <C> C pool(ClientBuilder<C> client, Input input, PoolOptions options, int pipeliningLimit) {
        List<TlsProbe> servers = input.pgConnectOptionsList().stream()
                .map(server -> new TlsProbe(input.vertx(), connectOptions(server, pipeliningLimit)))
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
        int socketIdleMillis = (int) settings.socketIdleTimeout().toMillis();
        PgConnectOptions options = new PgConnectOptions(server)
                .setPipeliningLimit(pipeliningLimit)
                // Behind PgBouncer, a statement without a name can miss the connection on which it is prepared.
                .setPreparedStatementCacheSqlFilter(sql -> true)
                .setPreparedStatementCacheMaxSize(preparedStatements())
                .setIdleTimeout(socketIdleMillis)
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslMode(settings.tls())
                .setTrustAll(!checksCertificate)
                .setHostnameVerificationAlgorithm(settings.tls() == SslMode.VERIFY_FULL ? "HTTPS" : "");
        settings.tlsCa().ifPresent(file -> options.setPemTrustOptions(new PemTrustOptions().addCertPath(file)));
        // At the idle timeout, the client waits for the server to close the connection. A vanished server never does.
        options.setTcpUserTimeout(socketIdleMillis);
        return options;
    }

    /** How many prepared statements a connection keeps: one for each 2 MiB of heap, 32 to 256. See docs/adr/0012. */
    private static int preparedStatements() {
        return (int) Math.max(32, Math.min(Runtime.getRuntime().maxMemory() >> 21, 256));
    }

    /** Executes the statements of a call, unless its deadline has passed when it gets the connection. */
    public <T> Uni<T> open(Work<T> work) {
        Supplier<Uni<T>> statements = () -> unlessOver(work.statements());
        return switch (work.access()) {
            case SHARED_CONNECTION -> statements.get();
            // The pool itself would log errors of its acquire timeout (vertx-sql-client#1706).
            case CONNECTION -> UniHelper.toUni(calls.withConnection(connection -> within(connection, statements)));
            case SESSION -> Panache.withSession(statements);
            case SNAPSHOT ->
                Panache.withTransaction(() -> Panache.getSession()
                        .chain(session -> session.createNativeQuery(SNAPSHOT).executeUpdate())
                        .chain(() -> statements.get()));
            case TRANSACTION -> UniHelper.toUni(calls.withTransaction(connection -> within(connection, statements)));
        };
    }

    /** Starts statements, or starts them again, unless their call has failed while it waited. */
    static <T> Uni<T> unlessOver(Supplier<Uni<T>> statements) {
        return Call.isOver() ? Uni.createFrom().failure(new TimeoutException("its call is over")) : statements.get();
    }

    private static <T> Future<T> within(SqlConnection connection, Supplier<Uni<T>> statements) {
        ContextLocals.put(CURRENT, connection);
        return UniHelper.toFuture(statements.get().onTermination().invoke(() -> ContextLocals.remove(CURRENT)));
    }

    /** The connection of the current call. */
    static SqlConnection current() {
        return ContextLocals.<SqlConnection>get(CURRENT).orElseThrow();
    }
}
