package backoffice.replica;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilderCustomizer;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Starts the persistence unit of the replica only where {@code backoffice.replica.url} names a replica. */
public class ReplicaSettings implements SmallRyeConfigBuilderCustomizer {

    private static final int LOWEST_ORDINAL = 0;

    @Override
    public void configBuilder(SmallRyeConfigBuilder builder) {
        builder.withSources((ConfigSourceFactory) ReplicaSettings::activation);
    }

    private static Iterable<ConfigSource> activation(ConfigSourceContext context) {
        String url = context.getValue("backoffice.replica.url").getValue();
        boolean active = url != null && !url.isEmpty();
        return List.of(new PropertiesConfigSource(
                Map.of("quarkus.hibernate-orm.replica.active", String.valueOf(active)), "replica", LOWEST_ORDINAL));
    }
}
