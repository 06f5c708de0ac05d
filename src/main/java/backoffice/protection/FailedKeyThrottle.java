package backoffice.protection;

import backoffice.envelope.Problem;
import backoffice.envelope.UnavailableException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Throttle of failed keys: it delays the answers to an address that sends unknown bitkeys (docs/api.md, section 2.1).
 *
 * <p>It delays a valid key from such an address too, unless the vendor has called from that address before. Otherwise,
 * a slow answer would tell an attacker that a key is wrong; see docs/adr/0017.
 */
@Singleton
public class FailedKeyThrottle {

    /** Bounds the memory. An attacker with more addresses is not delayed. */
    private static final int MAX_ADDRESSES = 10_000;

    /** Vendors that have called from a network, each as the text "network vendor". */
    private final Cache<String, Boolean> knownVendors = newCache();

    /** By network, when all its unknown keys are worked off, at one for each interval; by {@link System#nanoTime}. */
    private final Cache<String, Long> backlogEnds = newCache();

    private final Vertx vertx;
    private final long intervalNanos;
    private final long burstNanos;
    private final long maxBacklogNanos;

    FailedKeyThrottle(
            Vertx vertx,
            @ConfigProperty(name = "backoffice.failed-key-throttle.burst") int burst,
            @ConfigProperty(name = "backoffice.failed-key-throttle.interval") Duration interval,
            @ConfigProperty(name = "backoffice.failed-key-throttle.max-delay") Duration maxDelay) {
        this.vertx = vertx;
        this.intervalNanos = interval.toNanos();
        this.burstNanos = (burst - 1) * intervalNanos;
        this.maxBacklogNanos = burstNanos + maxDelay.toNanos();
    }

    private static <T> Cache<String, T> newCache() {
        return Caffeine.newBuilder().maximumSize(MAX_ADDRESSES).build();
    }

    /**
     * Completes when the key of a call from this address may be answered; the vendor is empty for an unknown key.
     *
     * @throws UnavailableException (5001) at once when the delay would be longer than {@code max-delay}
     */
    public Uni<Void> delay(SocketAddress address, Optional<String> vendor) {
        String network = networkOf(address);
        if (vendor.isEmpty()) {
            return waitFor(reserveDelay(network));
        }
        String knownVendor = network + ' ' + vendor.get();
        if (knownVendors.getIfPresent(knownVendor) != null) {
            return Uni.createFrom().voidItem();
        }
        return waitFor(backlogEnds.getIfPresent(network) == null ? 0 : reserveDelay(network))
                .invoke(() -> knownVendors.put(knownVendor, true));
    }

    /** The address of an IPv4 host; for IPv6, the prefix of 64 bits, because one host has all addresses behind it. */
    private static String networkOf(SocketAddress address) {
        String host = String.valueOf(address.hostAddress());
        String[] groups = host.split(":", 5);
        return groups.length < 5 ? host : host.substring(0, host.length() - groups[4].length());
    }

    /** Adds one key to the backlog of a network and returns the delay of its answer in nanoseconds. */
    private long reserveDelay(String network) {
        long now = System.nanoTime();
        long end = backlogEnds.asMap().compute(network, (key, previousEnd) -> {
            long start = previousEnd == null || previousEnd < now ? now : previousEnd;
            if (start - now > maxBacklogNanos) {
                throw new UnavailableException(Problem.OVERLOADED);
            }
            return start + intervalNanos;
        });
        return Math.max(0, end - intervalNanos - burstNanos - now);
    }

    private Uni<Void> waitFor(long nanos) {
        return nanos == 0
                ? Uni.createFrom().voidItem()
                : UniHelper.toUni(vertx.timer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos))));
    }
}
