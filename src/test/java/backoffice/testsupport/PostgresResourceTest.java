package backoffice.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PostgresResourceTest {

    /** The registry that this daemon pulls images from does not answer. */
    @Test
    void tests_run_on_the_embedded_postgresql_when_docker_starts_no_container_in_time() throws Exception {
        // Given
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer docker = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        docker.setExecutor(threads);
        docker.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().replaceFirst("^/v[0-9.]+", "");
            String body = switch (path) {
                case "/_ping" -> "OK";
                case "/version", "/info" ->
                    "{\"ApiVersion\":\"1.44\",\"ServerVersion\":\"28.0\",\"OSType\":\"linux\",\"MemTotal\":1}";
                case "/images/create" -> null;
                default -> "{\"message\":\"No such image\"}";
            };
            if (body != null) {
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(body.contains("message") ? 404 : 200, body.length());
                exchange.getResponseBody().write(body.getBytes(UTF_8));
                exchange.close();
            }
        });
        docker.start();

        // When
        ProcessBuilder start = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dbackoffice.test.docker-timeout=PT3S",
                        PostgresUrl.class.getName())
                .redirectErrorStream(true);
        start.environment()
                .put("DOCKER_HOST", "tcp://127.0.0.1:" + docker.getAddress().getPort());
        Process tests = start.start();
        String said = new String(tests.getInputStream().readAllBytes(), UTF_8);
        docker.stop(0);
        threads.shutdownNow();

        // Then
        assertThat(said, containsString("Docker has started no container within 3 s"));
        assertThat(said, containsString("url=postgresql://localhost:"));
    }

    /** What a JVM of tests does first. */
    static final class PostgresUrl {

        public static void main(String[] arguments) {
            System.out.println("url=" + PostgresResource.url());
            // The thread that waits for Docker keeps the JVM.
            System.exit(0);
        }
    }
}
