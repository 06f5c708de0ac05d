package backoffice.protection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/**
 * Settings that limit slow clients and large bodies (docs/adr/0015); {@code application.properties} has the defaults.
 */
@ConfigMapping(prefix = "backoffice.limits")
interface ClientLimits {

    /**
     * The longest time from the first byte of a request to the first byte of its response; then the
     * connection is closed.
     */
    Duration requestTimeout();

    /** The longest time that a full send buffer waits for the client to read; then the connection is closed. */
    Duration responseTimeout();

    /**
     * A body of more bytes is large. A body without {@code Content-Length} is large once more bytes of it have come.
     */
    MemorySize largeBody();

    /** The number of large bodies that are held in memory at the same time. */
    int largeBodyPermits();

    /** The longest time that a call with a large body waits for a permit; then it fails with 5001. */
    Duration queueTimeout();
}
