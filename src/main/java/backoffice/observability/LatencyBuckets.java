package backoffice.observability;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/**
 * Counts requests by how long they took, up to the moment at which the database is given up. Only counts can be added up
 * over pods: the percentiles of each by itself say nothing of all.
 */
@Singleton
class LatencyBuckets implements MeterFilter {

    private static final double[] UP_TO = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(millis -> Duration.ofMillis(millis).toNanos())
            .asDoubleStream()
            .toArray();

    private static final DistributionStatisticConfig BUCKETS =
            DistributionStatisticConfig.builder().serviceLevelObjectives(UP_TO).build();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return id.getName().equals("http.server.requests") ? BUCKETS.merge(config) : config;
    }
}
