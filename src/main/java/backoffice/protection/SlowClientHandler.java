package backoffice.protection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Netty handler that closes the connection of a slow client (docs/adr/0015), even of one that makes slow progress
 * and is never silent.
 *
 * <p>The request timeout runs from the first byte of a request, or from the opening of the connection, to the first
 * byte of the response. The response timeout runs while the send buffer is full, because the client does not read.
 * Between two requests, only {@code quarkus.http.idle-timeout} applies.
 */
class SlowClientHandler extends ChannelDuplexHandler {

    private final Deadline request;
    private final Deadline response;
    private final long maxCheckNanos;

    /** At most one check is scheduled at a time, so that a busy connection does not schedule one for each request. */
    private boolean checkScheduled;

    SlowClientHandler(Duration requestTimeout, Duration responseTimeout) {
        this.request = new Deadline(requestTimeout);
        this.response = new Deadline(responseTimeout);
        this.maxCheckNanos = Math.min(request.timeoutNanos, response.timeoutNanos);
    }

    @Override
    public void channelActive(ChannelHandlerContext connection) {
        start(request, connection);
        connection.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        if (!request.running) {
            start(request, connection);
        }
        connection.fireChannelRead(bytes);
    }

    @Override
    public void write(ChannelHandlerContext connection, Object bytes, ChannelPromise written) {
        request.running = false;
        connection.write(bytes, written);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext connection) {
        if (connection.channel().isWritable()) {
            response.running = false;
        } else {
            start(response, connection);
        }
        connection.fireChannelWritabilityChanged();
    }

    private void start(Deadline deadline, ChannelHandlerContext connection) {
        deadline.start();
        if (!checkScheduled) {
            scheduleCheck(connection);
        }
    }

    private void scheduleCheck(ChannelHandlerContext connection) {
        // The other deadline may start before the check, so the check comes after the shorter timeout at the latest.
        long delay = Math.min(maxCheckNanos, Math.min(request.remainingNanos(), response.remainingNanos()));
        connection.executor().schedule(() -> check(connection), delay, TimeUnit.NANOSECONDS);
        checkScheduled = true;
    }

    private void check(ChannelHandlerContext connection) {
        checkScheduled = false;
        if (request.remainingNanos() <= 0 || response.remainingNanos() <= 0) {
            connection.close();
        } else if (request.running || response.running) {
            scheduleCheck(connection);
        }
    }

    /** A timeout that can be started and stopped. */
    private static final class Deadline {

        private final long timeoutNanos;
        private long startNanos;
        private boolean running;

        Deadline(Duration timeout) {
            this.timeoutNanos = timeout.toNanos();
        }

        void start() {
            startNanos = System.nanoTime();
            running = true;
        }

        /** Nanoseconds until the timeout; zero or less after it; {@link Long#MAX_VALUE} while it does not run. */
        long remainingNanos() {
            return running ? startNanos + timeoutNanos - System.nanoTime() : Long.MAX_VALUE;
        }
    }
}
