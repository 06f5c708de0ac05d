package backoffice.persistence;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long, and how many, calls wait for PostgreSQL; {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.database")
interface DatabaseLimits {

    /** After so long a call fails with 5001, however far it has come. */
    Duration callTimeout();

    /** A call that has no connection after so long fails with 5001, and has done nothing; less than {@link #callTimeout}. */
    Duration acquireTimeout();

    /** So many calls wait for a connection; each one more fails with 5001 at once. */
    int acquireQueueSize();

    /**
     * A connection on which nothing came or went for so long is closed, in the middle of a statement or not: a
     * database that vanished without a word would hold all connections until the network gives up, after many minutes.
     */
    Duration socketIdleTimeout();

    /** PostgreSQL ends a statement of a call after so long; a little more than {@link #callTimeout}, 0 for never. */
    Duration statementTimeout();

    /** PostgreSQL ends a transaction in which nothing was asked of it for so long, 0 for never. */
    Duration idleInTransactionTimeout();
}
