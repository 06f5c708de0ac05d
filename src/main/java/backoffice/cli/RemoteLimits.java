package backoffice.cli;

import java.time.Duration;

/**
 * How a source is treated.
 *
 * @param pageSize how many items are asked for at once, 2…1000
 * @param interval how much time passes from one request to the next at the least
 * @param timeout how long an answer may take
 */
record RemoteLimits(int pageSize, Duration interval, Duration timeout) {}
