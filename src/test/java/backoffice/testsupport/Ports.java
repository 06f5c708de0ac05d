package backoffice.testsupport;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

public final class Ports {

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** A free port, another one in each call. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return GIVEN.add(socket.getLocalPort()) ? socket.getLocalPort() : free();
        } catch (IOException e) {
            throw new IllegalStateException("There is no free port", e);
        }
    }
}
