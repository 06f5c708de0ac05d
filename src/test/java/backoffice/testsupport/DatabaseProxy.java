package backoffice.testsupport;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A TCP proxy between the service and its database that can cut or stall all connections. */
public class DatabaseProxy implements QuarkusTestResourceLifecycleManager {

    private static final List<Socket> SOCKETS = new CopyOnWriteArrayList<>();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();
    private static volatile boolean disconnected;
    private static volatile boolean stalled;

    private ServerSocket server;

    /** Forwards all traffic. */
    public static void forward() {
        set(false, false);
    }

    /** Closes all connections and each new one. Traffic that was stalled is lost. */
    public static void disconnect() {
        SOCKETS.forEach(DatabaseProxy::close);
        set(true, false);
        SOCKETS.forEach(DatabaseProxy::close);
    }

    /** Keeps all connections open and forwards nothing. */
    public static void stall() {
        set(false, true);
    }

    /** Runs after {@link PostgresResource}, because this resource replaces the address that it configures. */
    @Override
    public int order() {
        return 10;
    }

    @Override
    public Map<String, String> start() {
        try {
            URI database = URI.create(PostgresResource.url());
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            daemon(() -> accept(database));
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    "postgresql://localhost:" + server.getLocalPort() + database.getPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        disconnect();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(URI database) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                if (disconnected) {
                    client.close();
                } else {
                    Socket backend = new Socket(database.getHost(), database.getPort());
                    SOCKETS.addAll(List.of(client, backend));
                    daemon(() -> pump(client, backend));
                    daemon(() -> pump(backend, client));
                }
            } catch (IOException e) {
                // This connection fails. The next one may succeed.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitForwarding();
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            close(to);
        }
    }

    private static void awaitForwarding() {
        LOCK.lock();
        try {
            while (stalled) {
                CHANGED.awaitUninterruptibly();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void set(boolean disconnects, boolean stalls) {
        LOCK.lock();
        try {
            disconnected = disconnects;
            stalled = stalls;
            CHANGED.signalAll();
        } finally {
            LOCK.unlock();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }
}
