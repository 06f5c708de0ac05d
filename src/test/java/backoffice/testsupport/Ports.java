package backoffice.testsupport;

import java.io.IOException;
import java.net.ServerSocket;

/** Ports for servers that are started by hand. */
public final class Ports {

    private Ports() {}

    /** A port that nobody listens on at the moment. */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("There is no free port", e);
        }
    }
}
