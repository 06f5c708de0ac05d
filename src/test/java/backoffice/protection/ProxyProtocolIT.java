package backoffice.protection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Api;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.ServerCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind a load balancer that begins connections with the PROXY protocol, each request has its answer. */
@Tag("slow")
@BesideOtherTests
class ProxyProtocolIT {

    private static final String KEY = "key-of-a-vendor-behind-a-load-balancer";
    private static final String CALL =
            "GET " + Api.BASE_PATH + "/customer_groups HTTP/1.1\r\nHost: x\r\nbitkey: " + KEY + "\r\n";
    private static final String TWO_CALLS = CALL + "\r\n" + CALL + "Connection: close\r\n\r\n";
    private static final String VERSION_1 = "PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n";
    private static final String VERSION_2 = "\r\n\r\n\0\r\nQUIT\n!\u0011\0\f\u00c0\0\2\1\u00c0\0\2\2\u00dc\4\1\u00bb";
    private static final int TLS_PORT = Ports.free();

    @TempDir
    static Path directory;

    private static SSLSocketFactory tls;

    @AutoClose
    private static EmptyDatabase database;

    @AutoClose
    private static Running service;

    @BeforeAll
    static void start() throws Exception {
        ServerCertificate certificate = ServerCertificate.create(directory);
        tls = certificate.trustedByClients();
        database = new EmptyDatabase();
        Map<String, String> environment =
                database.environment("BACKOFFICE_BITKEYS_ACME=" + KEY, "QUARKUS_HTTP_PROXY_USE_PROXY_PROTOCOL=true");
        environment.putAll(certificate.environment(TLS_PORT));
        service = PackagedApplication.start(environment);
    }

    @ParameterizedTest
    @ValueSource(strings = {VERSION_1, VERSION_2})
    void calls_are_answered_whether_they_come_with_the_header_or_after_it(String header) throws Exception {
        for (long pause : new long[] {0, 300}) {
            try (Socket connection = new Socket("localhost", service.port())) {
                send(connection, pause == 0 ? header + TWO_CALLS : header);
                if (pause > 0) {
                    Thread.sleep(pause);
                    send(connection, TWO_CALLS);
                }

                assertThat(answers(connection), is(2));
            }
        }
    }

    @Test
    void calls_over_https_are_answered() throws IOException {
        try (Socket connection = new Socket("localhost", TLS_PORT)) {
            send(connection, VERSION_1);
            Socket encrypted = tls.createSocket(connection, "localhost", TLS_PORT, true);
            send(encrypted, TWO_CALLS);

            assertThat(answers(encrypted), is(2));
        }
    }

    private static void send(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(ISO_8859_1));
    }

    /** The number of answers until the service closes the connection. */
    private static int answers(Socket connection) throws IOException {
        connection.setSoTimeout(10_000);
        String text = new String(connection.getInputStream().readAllBytes(), ISO_8859_1);
        return text.split("HTTP/1.1 ", -1).length - 1;
    }
}
