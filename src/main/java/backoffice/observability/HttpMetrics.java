package backoffice.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * The tags and the buckets of the HTTP metrics.
 *
 * <p>The tags have known methods and path templates only (docs/adr/0022). Each new value of a tag takes memory for good,
 * and names of groups and customers must not get into metrics. The setting {@code suppress4xx-errors} of Quarkus covers
 * most paths, but no methods.
 *
 * <p>The buckets go from 5 ms to 5 s, within which a call gets 5001 when the database hangs (docs/api.md, section 8.3).
 * The counts of all pods can be added up; percentiles of single pods cannot.
 */
@Singleton
class HttpMetrics implements HttpServerMetricsTagsContributor, MeterFilter {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final double NANOS_PER_MILLI = 1e6;
    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
                    .mapToDouble(millis -> millis * NANOS_PER_MILLI)
                    .toArray())
            .build();

    /** Faults are counted from 0 on, because Prometheus sees no increase in a series that begins with its first fault. */
    @Produces
    @Singleton
    static MeterBinder faults() {
        return registry -> registry.counter(CallLog.FAULTS);
    }

    @Override
    public Tags contribute(Context call) {
        Tags tags = METHODS.contains(call.request().method().name()) ? Tags.empty() : Tags.of("method", "UNKNOWN");
        String path = call.request().path();
        // Quarkus removes or adds slashes in such a path, and would then take the changed path for a template.
        return path.contains("//") || !path.startsWith("/") ? tags.and("uri", "NOT_FOUND") : tags;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals("http.server.requests") ? BUCKETS.merge(config) : config;
    }
}
