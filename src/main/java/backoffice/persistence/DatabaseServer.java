package backoffice.persistence;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import io.vertx.sqlclient.SqlConnectOptions;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Set;

/**
 * A server of the URL. It is asked whether it has TLS before a connection is opened, because the client leaves the socket open
 * on which a server without TLS refuses it (docs/maintaining/upstream.md).
 */
final class DatabaseServer {

    /** The message SSLRequest: its length, and its code in place of the version of the protocol. */
    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xD2, 0x16, 0x2F};

    private static final byte NO_TLS = 'N';
    private static final Set<SslMode> WITH_PLAIN_TEXT = Set.of(SslMode.ALLOW, SslMode.PREFER);

    /** A server with TLS is asked once in this time, since a question costs it a handshake. One without is always asked. */
    private static final long NANOS_BETWEEN_QUESTIONS = Duration.ofMinutes(1).toNanos();

    private final PgConnectOptions options;
    private final NetClient client;
    private volatile long askAgainAt = System.nanoTime();

    /** The socket of the question carries a handshake alone, so it trusts any certificate. */
    DatabaseServer(Vertx vertx, PgConnectOptions options) {
        this.options = options;
        this.client = vertx.createNetClient(
                new NetClientOptions(options).setTrustAll(true).setHostnameVerificationAlgorithm(""));
    }

    /**
     * The options of the next connection: those of the server, or plain text where the server has no TLS and the setting
     * allows that. Fails with an {@link java.io.IOException} when it cannot be reached or lacks the TLS of the setting.
     */
    Future<SqlConnectOptions> nextConnection() {
        boolean isKnown = options.getSslMode() == SslMode.DISABLE
                || options.isUsingDomainSocket()
                || System.nanoTime() - askAgainAt < 0;
        return isKnown
                ? Future.succeededFuture(options)
                : client.connect(options.getSocketAddress())
                        .compose(socket -> ask(socket).eventually(() -> socket.close()));
    }

    private Future<SqlConnectOptions> ask(NetSocket socket) {
        Promise<Byte> answer = Promise.promise();
        socket.handler(bytes -> answer.tryComplete(bytes.getByte(0)));
        socket.exceptionHandler(answer::tryFail);
        socket.closeHandler(
                closed -> answer.tryFail(new ConnectException("PostgreSQL does not say whether it has TLS")));
        return socket.write(Buffer.buffer(SSL_REQUEST))
                .compose(sent -> answer.future())
                .compose(offer -> offer == NO_TLS ? withoutTls() : withTls(socket));
    }

    private Future<SqlConnectOptions> withoutTls() {
        return WITH_PLAIN_TEXT.contains(options.getSslMode())
                ? Future.succeededFuture(new PgConnectOptions(options).setSslMode(SslMode.DISABLE))
                : Future.failedFuture(
                        new ConnectException("PostgreSQL has no TLS, and backoffice.database.tls asks for it"));
    }

    /** PostgreSQL would log a socket that closes before the handshake. A handshake that fails is for the client to report. */
    private Future<SqlConnectOptions> withTls(NetSocket socket) {
        return socket.upgradeToSsl()
                .onSuccess(done -> askAgainAt = System.nanoTime() + NANOS_BETWEEN_QUESTIONS)
                .otherwiseEmpty()
                .map(options);
    }
}
