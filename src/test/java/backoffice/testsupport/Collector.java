package backoffice.testsupport;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Takes traces, as an OpenTelemetry collector would. */
public final class Collector implements AutoCloseable {

    private static final int OK = 200;

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final HttpServer server;

    public Collector() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (taken) {
                taken.writeBytes(body);
            }
            exchange.sendResponseHeaders(OK, -1);
            exchange.close();
        });
        server.start();
    }

    /** Where traces are to be sent, by HTTP. */
    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** All that was taken so far; what is text in it can be read. */
    public String taken() {
        synchronized (taken) {
            return taken.toString(StandardCharsets.UTF_8);
        }
    }

    /** Waits until something was taken that has a text, for some seconds at the most. */
    public void await(String text) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!taken().contains(text)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("No trace has " + text);
            }
            Thread.sleep(50);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
