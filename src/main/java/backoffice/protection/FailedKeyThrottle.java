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
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Slows down an address from which wrong keys come. So that nothing is gained by hanging up on slow answers, a key that is
 * right has to wait as a wrong one would, unless the address has used one of that vendor before: who works behind the
 * same address as the guesser notices nothing.
 */
@Singleton
public class FailedKeyThrottle {

    /** Of the addresses seen last; from more of them than that, keys are guessed without being slowed down. */
    private static final int MOST_ADDRESSES = 10_000;

    /** A network and a vendor that has called from there, in one text. */
    private final Cache<String, Boolean> guests =
            Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();

    /** When the wrong keys of an address will be worked off, one each interval, by {@link System#nanoTime}. */
    private final Cache<String, Long> guessers =
            Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();

    private final Vertx vertx;
    private final long interval;
    private final long burst;
    private final long maxDelay;

    FailedKeyThrottle(Vertx vertx, FailedKeyLimits limits) {
        this.vertx = vertx;
        this.interval = limits.interval().toNanos();
        this.burst = (limits.burst() - 1) * interval;
        this.maxDelay = limits.maxDelay().toNanos();
    }

    /**
     * Comes when the call may be answered; fails with 5001 when that would be too late.
     *
     * @param address where the call comes from
     * @param vendor whose key it has; empty for a wrong key
     */
    public Uni<Void> admit(SocketAddress address, Optional<String> vendor) {
        String network = networkOf(address);
        if (vendor.isEmpty()) {
            return waitFor(enqueue(network));
        }
        String guest = network + ' ' + vendor.get();
        if (guests.getIfPresent(guest) != null) {
            return Uni.createFrom().voidItem();
        }
        return waitFor(guessers.getIfPresent(network) == null ? 0 : enqueue(network))
                .invoke(() -> guests.put(guest, true));
    }

    /** A host with IPv6 has all addresses of a network with a prefix of 64 bits: four of eight groups. */
    private static String networkOf(SocketAddress address) {
        String host = String.valueOf(address.hostAddress());
        String[] groups = host.split(":", 5);
        return groups.length < 5 ? host : host.substring(0, host.length() - groups[4].length());
    }

    /** How many nanoseconds the answer has to wait. */
    private long enqueue(String network) {
        long now = System.nanoTime();
        long end = guessers.asMap().compute(network, (key, before) -> {
            long start = before == null || before < now ? now : before;
            if (start - now > burst + maxDelay) {
                throw new UnavailableException(Problem.OVERLOADED);
            }
            return start + interval;
        });
        return Math.max(0, end - interval - burst - now);
    }

    private Uni<Void> waitFor(long nanos) {
        return nanos == 0
                ? Uni.createFrom().voidItem()
                : UniHelper.toUni(vertx.timer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos))));
    }
}
