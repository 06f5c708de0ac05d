package backoffice.http;

import backoffice.testsupport.RawHttp;
import backoffice.testsupport.ReverseProxy;
import backoffice.testsupport.Vendors;
import io.restassured.RestAssured;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.PemCertificateFiles;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stub of the hosted server, and nginx as docs/hosted-server/nginx.conf configures it, in front of it and of the
 * service. The stub keeps each request as it came, and answers with the request line. It closes the connection of a path
 * that contains {@code broken} without an answer.
 */
final class HostedServer implements AutoCloseable {

    /** The name of the hosted server. */
    static final String NAME = "back-office-api.bitanswer.cn";

    /** The key of acme at the hosted server. {@link Vendors#ACME} is its key here. */
    static final String KEY_THERE = "the-key-of-acme-there";

    /** A key that is in the list of read-only keys. */
    static final String READER = "reader-key";

    /** A request that the stub got, with its method and path as they came. */
    record Request(String target, MultiMap headers, int bodyLength) {

        /** The values of a header, joined. */
        String header(String name) {
            return String.join("|", headers.getAll(name));
        }
    }

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final ReverseProxy proxy;

    /** Starts both programs. The stub has a certificate for a name. */
    HostedServer(String name) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hosted");
        PemCertificateFiles certificate = (PemCertificateFiles) new CertificateGenerator(directory, true)
                .generate(new CertificateRequest()
                        .withName("hosted")
                        .withFormat(Format.PEM)
                        .withCN(name)
                        .withSubjectAlternativeName("DNS:" + name))
                .get(0);
        HttpServer stub = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .setCertPath(certificate.certFile().toString())
                                .setKeyPath(certificate.keyFile().toString())))
                .connectionHandler(connection -> connections.incrementAndGet())
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        proxy = ReverseProxy.nginx(
                Files.readString(Path.of("docs", "hosted-server", "nginx.conf")),
                RestAssured.port,
                Map.of(
                        "server " + NAME + ":443;",
                        "server 127.0.0.1:" + stub.actualPort() + ";",
                        "/etc/ssl/certs/ca-certificates.crt",
                        certificate.certFile().toString(),
                        "the-key-of-acme-here",
                        Vendors.ACME,
                        "the-read-only-key-of-acme-here",
                        READER));
    }

    private void answer(HttpServerRequest request) {
        String target = request.method() + " " + request.uri();
        request.body().onSuccess(body -> {
            requests.add(new Request(target, request.headers(), body.length()));
            if (target.contains("broken")) {
                request.connection().close();
            } else {
                request.response().end("hosted: " + target);
            }
        });
    }

    /** Sends a request without a body through nginx, and returns the answer with its head. */
    String send(String method, String target, String key) {
        return send(method, target, key, "Content-Length: 0\r\n\r\n");
    }

    /**
     * Sends a request through nginx, and returns the answer with its head.
     *
     * @param rest the rest of the headers, an empty line and the body
     */
    String send(String method, String target, String key, String rest) {
        return RawHttp.send(proxy.port(), RawHttp.head(method + " " + target, key) + rest);
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        vertx.close();
    }
}
