package backoffice.persistence;

import io.smallrye.config.ConfigMapping;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.Optional;

/**
 * The encryption of the connections to PostgreSQL, and the limits of calls. Beyond the limits, calls get status 5001. See
 * docs/configuration.md.
 */
@ConfigMapping(prefix = "backoffice.database")
interface DatabaseSettings {

    /** Whether connections are encrypted, as {@code sslmode} of PostgreSQL. */
    SslMode tls();

    /** A PEM file with the certificates of the authorities that vouch for the server; {@link #tls} can require it. */
    Optional<String> tlsCa();

    /** The longest wait of a call for PostgreSQL. */
    Duration callTimeout();

    /** The longest wait of a call for a connection, less than {@link #callTimeout}. */
    Duration acquireTimeout();

    /** The part of the connections that the calls of one vendor hold at most, from 0 to 1. */
    double vendorShare();

    /** The number of expensive statements and transactions that run at once. One vendor leaves one to the others. */
    int expensiveStatements();

    /** The number of calls of a vendor that can wait for a connection. Further calls fail at once. */
    int acquireQueueSize();

    /**
     * The time without bytes after which the service ends a connection, also in the middle of a statement. It drops the
     * connection of a server that does not acknowledge the end within the same time again.
     */
    Duration socketIdleTimeout();

    /**
     * The longest time of a statement in PostgreSQL, a little more than {@link #callTimeout}. 0 means no timeout.
     * PostgreSQL itself reads this value and the next one, as properties of each connection.
     */
    String statementTimeout();

    /** The longest time of an open transaction without a running statement. 0 means no timeout. */
    String idleInTransactionTimeout();
}
