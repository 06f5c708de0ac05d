package backoffice.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.util.stream.Stream;

/**
 * The tags and the buckets of the HTTP metrics.
 *
 * <p>Quarkus takes methods and most paths as the client sends them. Here, all of them but known ones become
 * {@code UNKNOWN}, because each new value takes memory for good, and names of groups and customers must not get into
 * metrics (docs/adr/0022). The buckets go from 5 ms to 5 s, within which a call gets 5001 when the database hangs
 * (docs/api.md, section 8.3). The counts of all pods can be added up; percentiles of single pods cannot.
 */
@Singleton
class HttpMetrics implements MeterFilter {

    private static final MeterFilter METHODS = MeterFilter.replaceTagValues(
            "method", invented -> "UNKNOWN", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    /** The first three are of Quarkus. A path begins with a slash, so no client can send them. */
    private static final MeterFilter URIS = MeterFilter.replaceTagValues(
            "uri",
            path -> "UNKNOWN",
            Stream.concat(
                            Stream.of("NOT_FOUND", "REDIRECTION", "root"),
                            Stream.of(Route.values()).map(Route::template))
                    .toArray(String[]::new));

    /** In nanoseconds. */
    private static final DistributionStatisticConfig BUCKETS = DistributionStatisticConfig.builder()
            .serviceLevelObjectives(5e6, 10e6, 25e6, 50e6, 100e6, 250e6, 500e6, 1000e6, 2500e6, 5000e6)
            .build();

    @Override
    public Meter.Id map(Meter.Id id) {
        return isOfRequests(id) ? URIS.map(METHODS.map(id)) : id;
    }

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        return isOfRequests(id) ? BUCKETS.merge(config) : config;
    }

    private static boolean isOfRequests(Meter.Id id) {
        return id.getName().equals("http.server.requests");
    }
}
