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

    Optional<String> tlsCa();

    Duration acquireTimeout();

    int acquireQueueSize();

    double vendorShare();

    int expensiveStatements();

    /** {@link AnswerTimeout} reads this value and the next one as properties. */
    Duration answerTimeout();

    Duration socketIdleTimeout();

    /** {@link CallTimeout} and others read this value as a property. */
    Duration callTimeout();

    /** PostgreSQL itself reads this value and the next one, as properties of each connection. */
    String statementTimeout();

    String idleInTransactionTimeout();
}
