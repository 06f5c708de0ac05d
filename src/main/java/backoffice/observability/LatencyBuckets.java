package backoffice.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Histogram buckets for the latency of HTTP requests, from 5 ms to 5 s, within which a call gets 5001 when the database
 * hangs (docs/api.md, section 8.3). The counts of all pods can be added up; percentiles of single pods cannot.
 */
@Singleton
class LatencyBuckets implements MeterFilter {

    private static final double[] BUCKET_LIMITS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(millis -> Duration.ofMillis(millis).toNanos())
            .asDoubleStream()
            .toArray();

    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(BUCKET_LIMITS)
            .build();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals("http.server.requests") ? BUCKETS.merge(config) : config;
    }
}
