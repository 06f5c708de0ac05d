package backoffice.protection;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import io.restassured.RestAssured;
import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import io.smallrye.certs.PemCertificateFiles;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged application serves HTTPS itself, with the same protection as without encryption. */
@Tag("slow")
class HttpsIT {

    private static final String KEY = "https-key";
    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final String CALL = head("GET " + GROUPS, KEY);
    private static final long LIMIT_MILLIS = 3000;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int PORT = Ports.free();
    private static final int PLAIN_PORT = Ports.free();
    private static final int MANAGEMENT_PORT = Ports.free();

    @TempDir
    static Path directory;

    private static PemCertificateFiles certificate;
    private static PemCertificateFiles renewed;

    @AutoClose
    private static EmptyDatabase database;

    @AutoClose
    private static Running service;

    @BeforeAll
    static void start() throws Exception {
        certificate = certificate("first");
        renewed = certificate("renewed");
        database = new EmptyDatabase();
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("BACKOFFICE_BITKEYS_ACME", KEY);
        environment.put("BACKOFFICE_LIMITS_REQUEST_TIMEOUT", LIMIT_MILLIS + "ms");
        environment.put(
                "QUARKUS_HTTP_SSL_CERTIFICATE_FILES", certificate.certFile().toString());
        environment.put(
                "QUARKUS_HTTP_SSL_CERTIFICATE_KEY_FILES", certificate.keyFile().toString());
        environment.put("QUARKUS_HTTP_SSL_CERTIFICATE_RELOAD_PERIOD", "30s");
        environment.put("QUARKUS_HTTP_INSECURE_REQUESTS", "disabled");
        environment.put("QUARKUS_HTTP_SSL_PORT", String.valueOf(PORT));
        service = PackagedApplication.start(PLAIN_PORT, MANAGEMENT_PORT, environment);
        service.awaitListening();
    }

    @Test
    void calls_are_encrypted_on_the_port_of_https_and_the_plain_port_is_closed() throws Exception {
        assertThat(answer(CALL + "\r\n"), startsWith("HTTP/1.1 200 OK"));
        assertThrows(ConnectException.class, () -> new Socket("localhost", PLAIN_PORT).close());
    }

    @Test
    void health_and_metrics_stay_without_encryption() {
        RestAssured.get("http://localhost:" + MANAGEMENT_PORT + "/q/health/ready")
                .then()
                .statusCode(200);
    }

    @Test
    void a_request_with_too_many_headers_gets_431_over_https_too() throws Exception {
        assertThat(answer(CALL + "x: 1\r\n".repeat(200) + "\r\n"), startsWith("HTTP/1.1 200 OK"));
        assertThat(answer(CALL + "x: 1\r\n".repeat(300) + "\r\n"), startsWith("HTTP/1.1 431 "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET / HTTP/1.1\r\nHost: localhost\r\nx: "})
    void a_client_that_falls_silent_after_the_handshake_is_disconnected(String beginning) throws Exception {
        try (SSLSocket connection = connect(certificate, renewed)) {
            long start = System.nanoTime();
            connection.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));

            connection.getInputStream().readAllBytes();

            assertThat(
                    (System.nanoTime() - start) / 1_000_000,
                    both(greaterThan(LIMIT_MILLIS / 2)).and(lessThan(3 * LIMIT_MILLIS)));
        }
    }

    @Test
    void a_renewed_certificate_serves_new_connections_without_a_restart() throws Exception {
        Files.copy(renewed.certFile(), certificate.certFile(), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(renewed.keyFile(), certificate.keyFile(), StandardCopyOption.REPLACE_EXISTING);

        Await.until(Duration.ofSeconds(60), HttpsIT::servesRenewed, () -> "The renewed certificate is not served");

        assertThat(answer(CALL + "\r\n"), startsWith("HTTP/1.1 200 OK"));
        assertThrows(SSLHandshakeException.class, () -> connect(certificate));
    }

    private static boolean servesRenewed() {
        Await.sleep(Duration.ofMillis(500));
        try (SSLSocket connection = connect(renewed)) {
            return connection.isConnected();
        } catch (Exception untrustedOrClosedByTheReload) {
            return false;
        }
    }

    private static String answer(String request) throws Exception {
        try (SSLSocket connection = connect(certificate, renewed)) {
            connection.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A connection after the handshake, whose client trusts these certificates alone. */
    private static SSLSocket connect(PemCertificateFiles... authorities) throws Exception {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        for (PemCertificateFiles authority : authorities) {
            try (InputStream file = Files.newInputStream(authority.trustFile())) {
                trusted.setCertificateEntry(
                        authority.trustFile().toString(),
                        CertificateFactory.getInstance("X.509").generateCertificate(file));
            }
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        SSLSocket connection = (SSLSocket) context.getSocketFactory().createSocket("localhost", PORT);
        connection.setSoTimeout(TIMEOUT_MILLIS);
        connection.startHandshake();
        return connection;
    }

    private static PemCertificateFiles certificate(String name) throws Exception {
        return (PemCertificateFiles) new CertificateGenerator(directory, true)
                .generate(new CertificateRequest()
                        .withName(name)
                        .withFormat(Format.PEM)
                        .withCN("localhost"))
                .get(0);
    }
}
