package backoffice.cli;

import java.time.Duration;

/**
 * The limits of requests to another server.
 *
 * @param pageSize the number of items of a page, 2 to 1000
 * @param interval the least time from one request to the next
 * @param timeout how long a response may take
 */
record RemoteLimits(int pageSize, Duration interval, Duration timeout) {}
