package backoffice.protection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** What a client may ask of the service before it is hung up on, or waits; {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.limits")
interface ClientLimits {

    /** From the first byte of a request to the first of its answer; then the connection is closed. */
    Duration requestTimeout();

    /** How long more of an answer than the connection buffers may wait to be taken; then the connection is closed. */
    Duration responseTimeout();

    /** A body of more bytes is large; so is one that does not tell its length. */
    MemorySize largeBody();

    /** So many large bodies are held at once. */
    int largeBodyPermits();

    /** How long a call with a large body waits until it is read; then it fails with 5001. */
    Duration queueTimeout();
}
