package backoffice.bulkhead;

import java.time.Duration;

/**
 * The limits of a {@link Bulkhead}.
 *
 * @param capacity the amount that all calls hold at most
 * @param share the amount that the calls of one vendor hold at most; a larger call counts as this much
 * @param queueSize how many calls of one vendor wait at most; further calls are refused at once
 * @param queueTimeout how long a call waits before it is refused
 */
public record Limits(long capacity, long share, int queueSize, Duration queueTimeout) {}
