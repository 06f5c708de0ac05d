package backoffice.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A reverse proxy in front of the service, configured as in docs/operating.md. Closing this stops it. */
public final class ReverseProxy implements AutoCloseable {

    /** The reverse proxies that the tests use. */
    public enum Program {
        NGINX("nginx") {
            @Override
            List<String> command(String program, Path directory, int port, int service) throws IOException {
                Path configuration =
                        Files.writeString(directory.resolve("nginx.conf"), """
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
                          upstream customer_groups { server 127.0.0.1:%3$d; keepalive 4; }
                          server {
                            listen 127.0.0.1:%2$d;
                            location / {
                              proxy_pass http://customer_groups;
                              proxy_http_version 1.1;
                              proxy_set_header Connection "";
                              proxy_set_header Host $host;
                              proxy_set_header X-Forwarded-For $remote_addr;
                              proxy_set_header x-correlation-id $request_id;
                              client_max_body_size 2m;
                            }
                          }
                        }
                        """.formatted(directory, port, service));
                return List.of(program, "-c", configuration.toString());
            }
        },
        HAPROXY("haproxy") {
            @Override
            List<String> command(String program, Path directory, int port, int service) throws IOException {
                Path configuration = Files.writeString(directory.resolve("haproxy.cfg"), """
                        defaults
                          mode http
                          timeout connect 5s
                          timeout client 30s
                          timeout server 30s
                          http-reuse always
                        frontend clients
                          bind 127.0.0.1:%d
                          http-request set-header X-Forwarded-For %%[src]
                          default_backend customer_groups
                        backend customer_groups
                          server one 127.0.0.1:%d
                        """.formatted(port, service));
                return List.of(program, "-db", "-f", configuration.toString());
            }
        };

        private final String program;

        Program(String program) {
            this.program = program;
        }

        abstract List<String> command(String program, Path directory, int port, int service) throws IOException;

        /** Whether the program is installed on the machine. */
        public boolean isInstalled() {
            return Programs.find(program).isPresent();
        }
    }

    private final int port = Ports.free();
    private final Process process;

    /** Starts the program in front of the service at a port. */
    public ReverseProxy(Program program, int service) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(
                Path.of("target").toAbsolutePath(),
                "proxy",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        process = Programs.start(
                program.command(Programs.find(program.program).orElseThrow().toString(), directory, port, service),
                directory.resolve("log"),
                port);
    }

    /** The port on which the proxy listens. */
    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
