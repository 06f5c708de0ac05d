package backoffice.testsupport;

import java.io.IOException;
import java.net.ServerSocket;

public final class Ports {

    private Ports() {}

    public static int free() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("There is no free port", e);
        }
    }
}
