package backoffice.replica;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;
import java.util.Optional;

/** The streaming replica that lists and searches may be read from. {@code application.properties} has the defaults. */
@ConfigMapping(prefix = "backoffice.replica")
interface ReplicaConfig {

    /** {@code postgresql://host:port/database}; empty when the primary answers all reads. */
    Optional<String> url();

    /** How old the state that a read sees may be. Where the replica is further behind, the primary answers. */
    Duration maxLag();
}
