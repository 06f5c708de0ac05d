package backoffice.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A network between clients and a server, which can lose the bytes of its open connections without a word. */
public final class TcpRelay implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    private final int serverPort;

    /** @param serverPort the port of the server on this machine */
    public TcpRelay(int serverPort) throws IOException {
        this.serverPort = serverPort;
        Threads.NEW.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** From now on, no byte and no end of a connection that is open reaches the other side. New connections work. */
    public void cut() {
        connections.forEach(connection -> connection.isCut = true);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Connection connection : connections) {
            connection.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                connect(listener.accept());
            } catch (IOException closed) {
                // The listener is closed.
            }
        }
    }

    private void connect(Socket client) throws IOException {
        Connection connection = new Connection(client, new Socket(listener.getInetAddress(), serverPort));
        connections.add(connection);
        Threads.NEW.execute(() -> connection.forward(connection.client, connection.server));
        Threads.NEW.execute(() -> connection.forward(connection.server, connection.client));
    }

    private static final class Connection {

        private final Socket client;
        private final Socket server;
        private volatile boolean isCut;

        private Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void forward(Socket from, Socket to) {
            byte[] buffer = new byte[8192];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    if (!isCut) {
                        out.write(buffer, 0, count);
                    }
                }
            } catch (IOException ended) {
                // One side has ended, as an end of the stream does.
            }
            if (!isCut) {
                close();
            }
        }

        private void close() {
            try (client;
                    server) {
                // Both close.
            } catch (IOException ended) {
                throw new IllegalStateException(ended);
            }
        }
    }
}
