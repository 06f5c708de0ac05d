package backoffice.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections of a client that sends as many bytes as the service takes, and ignores what happens to them. */
final class HostileConnections implements AutoCloseable {

    private static final int SMALL_BUFFER = 4096;

    private final int port;
    private final String address;
    private final List<SocketChannel> connections = new ArrayList<>();

    HostileConnections(int port) {
        this(port, "127.0.0.1");
    }

    /** @param address that of the client */
    HostileConnections(int port, String address) {
        this.port = port;
        this.address = address;
    }

    /** Opens connections and sends the first bytes of each. One that the service refuses is left out. */
    void open(int count, String text) {
        for (int i = 0; i < count; i++) {
            try {
                SocketChannel connection = SocketChannel.open();
                connection.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
                connection.bind(new InetSocketAddress(address, 0));
                connection.connect(new InetSocketAddress("127.0.0.1", port));
                connection.configureBlocking(false);
                connections.add(connection);
                connection.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
            } catch (IOException refused) {
                // It is left out, or found to be closed by the next step.
            }
        }
    }

    /** Opens connections, sends their first bytes, and closes each of them at once. */
    void openAndClose(int count, String text) {
        for (int i = 0; i < count; i++) {
            open(1, text);
            connections.forEach(HostileConnections::close);
            connections.clear();
        }
    }

    void sendOnAll(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        connections.removeIf(connection -> !send(connection, bytes));
    }

    /** Reads up to so many bytes from each connection that is still open. */
    void readFromAll(int bytes) {
        connections.removeIf(connection -> !read(connection, ByteBuffer.allocate(bytes)));
    }

    /** The number of connections that are still open, as far as the client knows. */
    int open() {
        return connections.size();
    }

    private static boolean send(SocketChannel connection, byte[] bytes) {
        try {
            connection.write(ByteBuffer.wrap(bytes));
            return true;
        } catch (IOException closed) {
            return close(connection);
        }
    }

    private static boolean read(SocketChannel connection, ByteBuffer buffer) {
        try {
            return connection.read(buffer) >= 0 || close(connection);
        } catch (IOException closed) {
            return close(connection);
        }
    }

    private static boolean close(SocketChannel connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return false;
    }

    @Override
    public void close() {
        connections.forEach(HostileConnections::close);
    }
}
