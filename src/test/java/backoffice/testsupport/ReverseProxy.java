package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reverse proxy in front of the service. Closing this stops it. */
public final class ReverseProxy implements AutoCloseable {

    private final int port;
    private final Process process;

    private ReverseProxy(int port, Path directory, String configuration, String... command)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(command));
        line.set(0, Programs.require("REQUIRE_PROXIES", command[0]).toString());
        line.add(Files.writeString(directory.resolve("configuration"), configuration)
                .toString());
        this.port = port;
        this.process = Programs.start(line, directory.resolve("log"), port);
    }

    /** Starts nginx as docs/operating.md configures it. */
    public static ReverseProxy nginx(int service) throws IOException, InterruptedException {
        String page = Files.readString(Path.of("docs", "operating.md"));
        return nginx(page.split("```nginx\n")[1].split("```")[0], service, Map.of());
    }

    public static ReverseProxy haproxy(int service) throws IOException, InterruptedException {
        int port = Ports.free();
        String configuration = """
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 30s
                  timeout server 30s
                  timeout queue 5s
                  option abortonclose
                  http-reuse always
                frontend clients
                  bind 127.0.0.1:%d
                  default_backend customer_groups
                backend customer_groups
                  server one 127.0.0.1:%d maxconn 64
                """.formatted(port, service);
        return new ReverseProxy(port, Programs.folder("proxy"), configuration, "haproxy", "-db", "-f");
    }

    /** Starts Apache with the files of deploy/sign-in on a port, and with the variables that docs/sign-in.md names. */
    public static ReverseProxy apache(int port, Map<String, String> variables)
            throws IOException, InterruptedException {
        Path directory = Programs.folder("proxy");
        Path shipped = Path.of("deploy", "sign-in");
        // Apache gives up the rights of root, and could not read a repository in the home of root.
        for (String page : List.of("signed-out.html", "no-access.html")) {
            Files.copy(shipped.resolve("pages").resolve(page), directory.resolve(page));
        }
        String here =
                replace(Files.readString(shipped.resolve("apache.conf")), "Listen 8080", "Listen 127.0.0.1:" + port);
        here = replace(here, "RequestReadTimeout header=15 body=15", "RequestReadTimeout header=2 body=2");
        here = replace(here, "/etc/sign-in/pages/", directory + "/");
        here = replace(here, "DefaultRuntimeDir /tmp", "DefaultRuntimeDir " + directory);
        here = replace(here, "PidFile /tmp", "PidFile " + directory);
        List<String> command = new ArrayList<>(List.of("env"));
        variables.forEach((name, value) -> command.add(name + "=" + value));
        command.addAll(List.of(Programs.require("REQUIRE_PROXIES", "apache2").toString(), "-DFOREGROUND", "-f"));
        return new ReverseProxy(port, directory, here, command.toArray(String[]::new));
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
        Path directory = Programs.folder("proxy");
        String here = replace(site, "server 10.0.1.5:8080;", "server 127.0.0.1:" + service + ";");
        here = replace(here, "listen 80;", "listen 127.0.0.1:" + port + ";");
        for (Map.Entry<String, String> text : replaced.entrySet()) {
            here = replace(here, text.getKey(), text.getValue());
        }
        String configuration = """
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
                """.formatted(directory, here);
        return new ReverseProxy(port, directory, configuration, "nginx", "-c");
    }

    private static String replace(String configuration, String text, String other) {
        assertTrue(configuration.contains(text), text);
        return configuration.replace(text, other);
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
