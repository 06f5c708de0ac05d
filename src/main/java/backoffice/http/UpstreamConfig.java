package backoffice.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of the upstream server, the hosted API that answers the calls which are not served here (docs/api.md,
 * section 1.7). {@code application.properties} has the defaults.
 */
@ConfigMapping(prefix = "backoffice.upstream")
interface UpstreamConfig {

    /**
     * The address of the upstream server. A path in it replaces {@code /bitanswer/api}. When empty, a call that is not
     * served here is 1003.
     */
    @WithParentName
    Optional<URI> url();

    /** The bitkey that is sent upstream, by vendor. Without an entry, the bitkey of the request is sent as it is. */
    Map<String, String> bitkeys();

    /**
     * The longest time without a byte from the upstream server; then the call fails with 5001. It must be shorter than
     * {@code backoffice.limits.request-timeout}.
     */
    Duration timeout();
}
