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

/** Stands between the service and its database, and can be shut or hold everything back. */
public class Gateway implements QuarkusTestResourceLifecycleManager {

    private static final List<Socket> SOCKETS = new CopyOnWriteArrayList<>();
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final Condition CHANGED = LOCK.newCondition();
    private static volatile boolean shut;
    private static volatile boolean silent;

    private ServerSocket server;

    /** Everything passes. */
    public static void open() {
        set(false, false);
    }

    /** Every connection is broken, and so is each new one; what was held back is lost. */
    public static void shut() {
        SOCKETS.forEach(Gateway::close);
        set(true, false);
        SOCKETS.forEach(Gateway::close);
    }

    /** Connections stay, and nothing passes. */
    public static void silence() {
        set(false, true);
    }

    /** After {@link PostgresResource}, whose address this one replaces. */
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
        shut();
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
                if (shut) {
                    client.close();
                } else {
                    Socket backend = new Socket(database.getHost(), database.getPort());
                    SOCKETS.addAll(List.of(client, backend));
                    daemon(() -> pump(client, backend));
                    daemon(() -> pump(backend, client));
                }
            } catch (IOException e) {
                // One connection less; the next may do.
            }
        }
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] buffer = new byte[8192];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                awaitVoice();
                out.write(buffer, 0, length);
            }
        } catch (IOException e) {
            close(to);
        }
    }

    private static void awaitVoice() {
        LOCK.lock();
        try {
            while (silent) {
                CHANGED.awaitUninterruptibly();
            }
        } finally {
            LOCK.unlock();
        }
    }

    private static void set(boolean nowShut, boolean nowSilent) {
        LOCK.lock();
        try {
            shut = nowShut;
            silent = nowSilent;
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
