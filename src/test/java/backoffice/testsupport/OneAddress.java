package backoffice.testsupport;

import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One address for the service and for a stub of the hosted server: nginx as docs/hosted-server/nginx.conf configures it.
 * Closing this stops both programs.
 */
public final class OneAddress implements AutoCloseable {

    /** The key of acme at the hosted server. {@link Vendors#ACME} is its key here. */
    public static final String KEY_THERE = "the-key-of-acme-there";

    /** A key that is in the list of read-only keys. */
    public static final String READER = "reader-key";

    private final HostedServer hosted;
    private final ReverseProxy proxy;

    /**
     * Starts nginx and the stub.
     *
     * @param name the name in the certificate of the stub
     */
    public OneAddress(String name) throws Exception {
        hosted = new HostedServer(name);
        proxy = ReverseProxy.nginx(
                Files.readString(Path.of("docs", "hosted-server", "nginx.conf")),
                RestAssured.port,
                Map.of(
                        "server " + HostedServer.NAME + ":443;",
                        "server 127.0.0.1:" + hosted.port() + ";",
                        "/etc/ssl/certs/ca-certificates.crt",
                        hosted.certificate().toString(),
                        "the-key-of-acme-here",
                        Vendors.ACME,
                        "the-read-only-key-of-acme-here",
                        READER));
    }

    /** The requests that the hosted server got. */
    public List<HostedServer.Request> hosted() {
        return hosted.requests();
    }

    /** The number of connections that the hosted server got. */
    public int connections() {
        return hosted.connections();
    }

    /** Sends a request without a body, and returns the answer with its head. */
    public String send(String method, String target, String key) {
        return send(method, target, key, "Content-Length: 0\r\n\r\n");
    }

    /**
     * Sends a request, and returns the answer with its head.
     *
     * @param rest the rest of the headers, an empty line and the body
     */
    public String send(String method, String target, String key, String rest) {
        return RawHttp.send(proxy.port(), RawHttp.head(method + " " + target, key) + rest);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        hosted.close();
    }
}
