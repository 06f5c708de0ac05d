package backoffice.persistence;

import io.smallrye.config.ConfigMapping;
import io.vertx.pgclient.SslMode;
import java.time.Duration;
import java.util.Optional;

/**
 * The encryption of the connections to PostgreSQL, and the limits of calls. Beyond the limits, calls get status 5001.
 * docs/configuration.md describes each setting.
 */
@ConfigMapping(prefix = "backoffice.database")
interface DatabaseSettings {

    SslMode tls();

    /** The file with the certificates of the authorities; {@link #tls} can require it. */
    Optional<String> tlsCa();

    Duration callTimeout();

    /** Less than {@link #callTimeout}. */
    Duration acquireTimeout();

    double vendorShare();

    /** One vendor leaves one of them to the others. */
    int expensiveStatements();

    int acquireQueueSize();

    Duration socketIdleTimeout();

    /** PostgreSQL itself reads this value and the next one, as properties of each connection. */
    String statementTimeout();

    String idleInTransactionTimeout();
}
