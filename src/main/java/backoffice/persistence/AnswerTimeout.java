package backoffice.persistence;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The Netty extension that closes the socket of a connection to PostgreSQL on which no answer comes within
 * {@code backoffice.database.answer-timeout}, or nothing comes and goes for {@code backoffice.database.socket-idle-timeout}.
 * It works with every transport, and touches no other connection. See docs/adr/0010. {@code http/EarlySettings} enables
 * the extension.
 */
public class AnswerTimeout extends ChannelInitializerExtension {

    /** Its own timeouts would end in the client, which asks PostgreSQL to close the socket and waits for that. */
    @Override
    public void postInitializeClientChannel(Channel connection) {
        connection
                .pipeline()
                .addFirst(new Watch(
                        millis("backoffice.database.answer-timeout"),
                        millis("backoffice.database.socket-idle-timeout")));
    }

    private static long millis(String setting) {
        return ConfigProvider.getConfig().getValue(setting, Duration.class).toMillis();
    }

    /** The handler of a connection that is next to its socket, so that the client cannot hold up its closing. */
    private static final class Watch extends IdleStateHandler {

        /** What follows the length of the first message of a client: version 3.0 of the protocol, or SSLRequest. */
        private static final Set<Integer> FIRST_MESSAGES = Set.of(0x0003_0000, 0x04D2_162F);

        private static final int OFFSET_OF_VERSION = 4;

        private boolean isOfPostgres;
        private boolean awaitsAnswer;

        private Watch(long answerMillis, long idleMillis) {
            super(answerMillis, 0, idleMillis, TimeUnit.MILLISECONDS);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            if (!isOfPostgres && !isFirstMessage(message)) {
                context.pipeline().remove(this);
                context.write(message, promise);
                return;
            }
            isOfPostgres = true;
            if (!awaitsAnswer) {
                awaitsAnswer = true;
                resetReadTimeout();
            }
            super.write(context, message, promise);
        }

        private static boolean isFirstMessage(Object message) {
            return message instanceof ByteBuf bytes
                    && bytes.readableBytes() >= OFFSET_OF_VERSION + Integer.BYTES
                    && FIRST_MESSAGES.contains(bytes.getInt(bytes.readerIndex() + OFFSET_OF_VERSION));
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            awaitsAnswer = false;
            super.channelRead(context, message);
        }

        /** PostgreSQL says something within its statement timeout, which is shorter than the answer timeout. */
        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            if (isOfPostgres && (awaitsAnswer || event.state() == IdleState.ALL_IDLE)) {
                context.close();
            }
        }
    }
}
