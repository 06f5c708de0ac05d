package backoffice.testsupport;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;

/** A network between clients and a server, which can lose the bytes of its open connections without a word. */
public final class TcpRelay implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final NetServer listener = vertx.createNetServer();
    private volatile int cuts;

    /** @param serverPort the port of the server on this machine */
    public TcpRelay(int serverPort) {
        listener.connectHandler(client -> {
            client.pause();
            vertx.createNetClient()
                    .connect(serverPort, "localhost")
                    .onFailure(refused -> client.close())
                    .onSuccess(server -> {
                        forward(client, server, cuts);
                        forward(server, client, cuts);
                        client.resume();
                    });
        });
        listener.listen(0, "localhost")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return listener.actualPort();
    }

    /** From now on, no byte and no end of a connection that is open reaches the other side. New connections work. */
    public void cut() {
        cuts++;
    }

    private void forward(NetSocket from, NetSocket to, int cutsBefore) {
        from.handler(bytes -> {
            if (cuts == cutsBefore) {
                to.write(bytes);
            }
        });
        from.closeHandler(closed -> {
            if (cuts == cutsBefore) {
                to.close();
            }
        });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
