package backoffice.testsupport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.smallrye.certs.CertificateFiles;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.PemCertificateFiles;
import io.smallrye.certs.Pkcs12CertificateFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A stub of the hosted server, with TLS. It keeps each request as it came, and answers with the request line. It closes
 * the connection of a path that contains {@code broken} without an answer.
 */
public final class HostedServer implements AutoCloseable {

    private static final String PASSWORD = "of-a-test";

    /** The name of the hosted server. The certificate of the stub has it. */
    public static final String NAME = "back-office-api.bitanswer.cn";

    /**
     * A request that the stub got.
     *
     * @param target the method and the path, as they came
     * @param bodyLength the number of bytes of the body
     */
    public record Request(String target, Map<String, List<String>> headers, int bodyLength) {

        /** The values of a header, joined. */
        public String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .flatMap(header -> header.getValue().stream())
                    .collect(joining("|"));
        }
    }

    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final PemCertificateFiles certificate;
    private final HttpsServer server;

    /** Starts the stub with a certificate for a name. */
    public HostedServer(String name) throws Exception {
        Path directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "hosted");
        CertificateRequest request = new CertificateRequest()
                .withName("hosted")
                .withFormats(List.of(Format.PEM, Format.PKCS12))
                .withPassword(PASSWORD)
                .withCN(name)
                .withSubjectAlternativeName("DNS:" + name);
        List<CertificateFiles> files = new CertificateGenerator(directory, true).generate(request);
        certificate = (PemCertificateFiles) files.get(0);
        Path store = ((Pkcs12CertificateFiles) files.get(1)).keyStoreFile();
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls) {
            @Override
            public void configure(HttpsParameters parameters) {
                connections.incrementAndGet();
                super.configure(parameters);
            }
        });
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The certificate, which a client has to trust. */
    public Path certificate() {
        return certificate.certFile();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The requests so far. */
    public List<Request> requests() {
        return requests;
    }

    /** The number of connections so far. */
    public int connections() {
        return connections.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String target = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        int length = exchange.getRequestBody().readAllBytes().length;
        requests.add(new Request(target, Map.copyOf(exchange.getRequestHeaders()), length));
        if (!target.contains("broken")) {
            byte[] body = ("hosted: " + target).getBytes(UTF_8);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(200, head ? -1 : body.length);
            exchange.getResponseBody().write(body, 0, head ? 0 : body.length);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
