package backoffice.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The hosted server that answers what is not served here; {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.upstream")
interface UpstreamConfig {

    /** Its address, without a path or with the one that takes the place of {@code /bitanswer/api}; none: 1003 is answered. */
    @WithParentName
    Optional<URI> url();

    /** The keys by which the hosted server knows vendors, where they are not those by which this service knows them. */
    Map<String, String> bitkeys();

    /** After so long without an byte from the hosted server the call fails with 5001; less than {@code backoffice.limits.request-timeout}. */
    Duration timeout();
}
