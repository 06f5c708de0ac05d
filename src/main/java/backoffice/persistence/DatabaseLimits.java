package backoffice.persistence;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The timeouts and the queue size of calls to PostgreSQL. {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.database")
interface DatabaseLimits {

    /**
     * How long a call waits for PostgreSQL. It fails with status 5001 after this time, whatever its transaction does.
     */
    Duration callTimeout();

    /**
     * How long a call waits for a connection. It fails with status 5001 after this time, and has changed nothing. Less
     * than {@link #callTimeout}.
     */
    Duration acquireTimeout();

    /**
     * How many calls can wait for a connection. Each call beyond that fails with status 5001 without waiting for one.
     */
    int acquireQueueSize();

    /**
     * How long a connection may be without incoming or outgoing bytes, also in the middle of a statement. The service
     * then says goodbye on it. A server that does not acknowledge that within the same time again has vanished, and
     * loses the connection. It would otherwise hold the connection until the network gives up.
     */
    Duration socketIdleTimeout();

    /**
     * How long PostgreSQL lets a statement of a call run. A little more than {@link #callTimeout}. 0 means no timeout.
     */
    Duration statementTimeout();

    /** How long PostgreSQL lets a transaction be open without a running statement. 0 means no timeout. */
    Duration idleInTransactionTimeout();
}
