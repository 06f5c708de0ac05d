package backoffice.database;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long, and how many, calls wait for PostgreSQL; {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.database")
interface DatabaseLimits {

    /** After so long a call fails with 5001, however far it has come. */
    Duration deadline();

    /** A call that has no connection after so long fails with 5001, and has done nothing; less than {@link #deadline}. */
    Duration patience();

    /** So many calls wait for a connection; each one more fails with 5001 at once. */
    int queue();

    /**
     * A connection on which nothing came or went for so long is closed, in the middle of a statement or not: a
     * database that vanished without a word would hold all connections until the network gives up, after many minutes.
     */
    Duration silence();

    /** PostgreSQL ends a statement of a call after so long; a little more than {@link #deadline}, 0 for never. */
    Duration statement();

    /** PostgreSQL ends a transaction in which nothing was asked of it for so long, 0 for never. */
    Duration idleInTransaction();
}
