package backoffice.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A stub of the hosted API. It answers each request with a description of that request. It does not answer
 * {@code …/silent}, and it closes the connection of {@code …/broken}.
 */
public class HostedApi implements QuarkusTestResourceLifecycleManager {

    /** The bitkey of the vendor globex at the hosted API. */
    public static final String GLOBEX = "globex-key-of-the-hosted-api";

    /** A service that is configured for clients of the hosted API, with this stub as its upstream server. */
    public static class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "backoffice.errors-as-http-200", "true",
                    "backoffice.default-language", "zh",
                    "backoffice.upstream.bitkeys.globex", GLOBEX,
                    "backoffice.upstream.timeout", "1s");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(HostedApi.class));
        }
    }

    private static final List<String> REQUESTS = new CopyOnWriteArrayList<>();
    private HttpServer server;

    /** The requests received so far, each as method, path and query. */
    public static List<String> requests() {
        return REQUESTS;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", HostedApi::answer);
        server.start();
        return Map.of(
                "backoffice.upstream", "http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            REQUESTS.add(exchange.getRequestMethod() + " " + path);
            if (path.endsWith("/silent")) {
                TimeUnit.SECONDS.sleep(30);
            } else if (!path.endsWith("/broken")) {
                byte[] sent = exchange.getRequestBody().readAllBytes();
                byte[] body = "%s %s%n%s%n%d bytes"
                        .formatted(
                                exchange.getRequestMethod(),
                                path,
                                exchange.getRequestHeaders().entrySet().stream()
                                        .map(Object::toString)
                                        .sorted()
                                        .toList(),
                                sent.length)
                        .getBytes(UTF_8);
                exchange.getResponseHeaders().add("x-of-the-hosted-api", "yes");
                exchange.getResponseHeaders().add("Keep-Alive", "timeout=3");
                exchange.sendResponseHeaders(path.endsWith("/teapot") ? 418 : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
