package backoffice.testsupport;

import static org.hamcrest.Matchers.containsString;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A stub of an OpenTelemetry collector that stores the traces it receives. */
public final class Collector implements AutoCloseable {

    private final StringBuffer received = new StringBuffer();
    private final HttpServer server;

    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            received.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** All bytes received so far, decoded as UTF-8. The text parts of the protobuf messages are readable. */
    public String received() {
        return received.toString();
    }

    public void await(String text) {
        Await.atMost(Duration.ofSeconds(20)).until(this::received, containsString(text));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
