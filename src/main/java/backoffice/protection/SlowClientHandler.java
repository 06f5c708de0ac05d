package backoffice.protection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Hangs up on a client that is too slow, however little by little it goes on: one whose request is not whole and
 * answered some time after its first byte, and one that does not take its answer. A connection between two requests may
 * rest as long as {@code quarkus.http.idle-timeout} lets it.
 */
class SlowClientHandler extends ChannelDuplexHandler {

    /** When the request began that has no answer yet. */
    private final Limit request;

    /** When the answer began to wait in memory. */
    private final Limit answer;

    private final long longestWait;

    /** One look at a time is planned, so that a busy connection does not plan one for each of its requests. */
    private boolean planned;

    SlowClientHandler(Duration mostForRequest, Duration mostForAnswer) {
        this.request = new Limit(mostForRequest);
        this.answer = new Limit(mostForAnswer);
        this.longestWait = Math.min(request.most, answer.most);
    }

    @Override
    public void channelActive(ChannelHandlerContext connection) {
        begin(request, connection);
        connection.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext connection, Object bytes) {
        if (!request.running) {
            begin(request, connection);
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
            answer.running = false;
        } else {
            begin(answer, connection);
        }
        connection.fireChannelWritabilityChanged();
    }

    private void begin(Limit limit, ChannelHandlerContext connection) {
        limit.begin();
        if (!planned) {
            plan(connection);
        }
    }

    private void plan(ChannelHandlerContext connection) {
        long wait = Math.min(longestWait, Math.min(request.left(), answer.left()));
        connection.executor().schedule(() -> look(connection), wait, TimeUnit.NANOSECONDS);
        planned = true;
    }

    private void look(ChannelHandlerContext connection) {
        planned = false;
        if (request.left() <= 0 || answer.left() <= 0) {
            connection.close();
        } else if (request.running || answer.running) {
            plan(connection);
        }
    }

    /** A time that something may take, in nanoseconds. */
    private static final class Limit {

        private final long most;
        private long start;
        private boolean running;

        Limit(Duration most) {
            this.most = most.toNanos();
        }

        void begin() {
            start = System.nanoTime();
            running = true;
        }

        long left() {
            return running ? start + most - System.nanoTime() : Long.MAX_VALUE;
        }
    }
}
