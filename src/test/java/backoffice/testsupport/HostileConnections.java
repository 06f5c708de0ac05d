package backoffice.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections of a client that sends as many bytes as the service takes, and ignores what happens to them. */
public final class HostileConnections implements AutoCloseable {

    private static final int SMALL_BUFFER = 4096;

    private final int port;
    private final String address;
    private final List<SocketChannel> connections = new ArrayList<>();

    public HostileConnections(int port) {
        this(port, "127.0.0.1");
    }

    /** @param address that of the client */
    public HostileConnections(int port, String address) {
        this.port = port;
        this.address = address;
    }

    /** Opens connections and sends the first bytes of each. One that the service refuses is left out. */
    public void open(int count, String text) {
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
    public void openAndClose(int count, String text) {
        for (int i = 0; i < count; i++) {
            open(1, text);
            close();
        }
    }

    public void sendOnAll(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        closeUnless(connection -> connection.write(ByteBuffer.wrap(bytes)) >= 0);
    }

    /** Reads up to so many bytes from each connection that is still open, and returns how many then still are. */
    public int readFromAll(int bytes) {
        closeUnless(connection -> connection.read(ByteBuffer.allocate(bytes)) >= 0);
        return connections.size();
    }

    private interface Step {
        boolean leavesOpen(SocketChannel connection) throws IOException;
    }

    private void closeUnless(Step step) {
        connections.forEach(Unchecked.consumer(connection -> {
            try {
                if (step.leavesOpen(connection)) {
                    return;
                }
            } catch (IOException closed) {
                // The service has closed it.
            }
            connection.close();
        }));
        connections.removeIf(connection -> !connection.isOpen());
    }

    @Override
    public void close() {
        connections.forEach(Unchecked.consumer(SocketChannel::close));
        connections.clear();
    }
}
