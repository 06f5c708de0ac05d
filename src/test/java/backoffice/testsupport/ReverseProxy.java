package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A reverse proxy in front of the service, configured as in the docs. Closing this stops it. */
public final class ReverseProxy implements AutoCloseable {

    public enum Program {
        NGINX("nginx", "-c") {
            @Override
            public ReverseProxy start(int service) throws IOException, InterruptedException {
                String page = Files.readString(Path.of("docs", "operating.md"));
                return nginx(page.split("```nginx\n")[1].split("```")[0], service, Map.of());
            }
        },
        HAPROXY("haproxy", "-db", "-f") {
            @Override
            public ReverseProxy start(int service) throws IOException, InterruptedException {
                int port = Ports.free();
                return new ReverseProxy(this, directory(), port, """
                        defaults
                          mode http
                          timeout connect 5s
                          timeout client 30s
                          timeout server 30s
                          http-reuse always
                        frontend clients
                          bind 127.0.0.1:%d
                          default_backend customer_groups
                        backend customer_groups
                          server one 127.0.0.1:%d
                        """.formatted(port, service));
            }
        };

        private final String program;
        private final List<String> options;

        Program(String program, String... options) {
            this.program = program;
            this.options = List.of(options);
        }

        public abstract ReverseProxy start(int service) throws IOException, InterruptedException;

        private Path require() {
            boolean installed = Programs.find(program).isPresent();
            if (Boolean.parseBoolean(System.getenv("REQUIRE_PROXIES"))) {
                assertTrue(installed, program + " is not installed, and REQUIRE_PROXIES is set.");
            }
            assumeTrue(installed, program + " is not installed.");
            return Programs.find(program).orElseThrow();
        }
    }

    private final int port;
    private final Process process;

    private ReverseProxy(Program program, Path directory, int port, String configuration)
            throws IOException, InterruptedException {
        Path file = Files.writeString(directory.resolve("configuration"), configuration);
        List<String> command = Stream.of(
                        List.of(program.require().toString()), program.options, List.of(file.toString()))
                .flatMap(List::stream)
                .toList();
        this.port = port;
        this.process = Programs.start(command, directory.resolve("log"), port);
    }

    /**
     * Starts nginx with a configuration of the docs in front of the service at a port.
     *
     * @param site what the block {@code http} of nginx includes
     * @param replaced texts of the configuration that are others on this machine
     */
    public static ReverseProxy nginx(String site, int service, Map<String, String> replaced)
            throws IOException, InterruptedException {
        int port = Ports.free();
        Path directory = directory();
        String here = replace(site, "server 10.0.1.5:8080;", "server 127.0.0.1:" + service + ";");
        here = replace(here, "listen 80;", "listen 127.0.0.1:" + port + ";");
        for (Map.Entry<String, String> text : replaced.entrySet()) {
            here = replace(here, text.getKey(), text.getValue());
        }
        return new ReverseProxy(Program.NGINX, directory, port, """
                daemon off;
                pid %1$s/nginx.pid;
                error_log stderr;
                events {}
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  %2$s
                }
                """.formatted(directory, here));
    }

    private static String replace(String configuration, String text, String other) {
        assertTrue(configuration.contains(text), text);
        return configuration.replace(text, other);
    }

    private static Path directory() throws IOException {
        return Files.createTempDirectory(
                Path.of("target").toAbsolutePath(),
                "proxy",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
