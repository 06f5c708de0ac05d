package backoffice.protection;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RawHttp;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The management port speaks HTTP/1.1 alone, and has the limits of the port of the API. */
@Tag("slow")
class ManagementPortIT {

    private static final String LIVE = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final long LIMIT_MILLIS = 2000;
    private static final long MUCH_LATER_MILLIS = 8000;
    private static final int PORT = Ports.free();

    @AutoClose
    private static EmptyDatabase database;

    @AutoClose
    private static Running service;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        database = new EmptyDatabase();
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("BACKOFFICE_BITKEYS_ACME", "key");
        environment.put("BACKOFFICE_LIMITS_REQUEST_TIMEOUT", LIMIT_MILLIS + "ms");
        environment.put("QUARKUS_HTTP_IDLE_TIMEOUT", LIMIT_MILLIS + "ms");
        service = PackagedApplication.start(Ports.free(), PORT, environment);
        service.awaitListening();
    }

    @Test
    void a_request_for_an_upgrade_to_http_2_is_answered_over_http_1_1() {
        String answer = RawHttp.send(
                PORT,
                LIVE + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAQAA\r\n\r\n"
                        + LIVE + "Connection: close\r\n\r\n");

        assertThat(answer, startsWith("HTTP/1.1 200 OK"));
        assertThat(answer.split("HTTP/1.1 200 OK", -1).length - 1, is(2));
    }

    @Test
    void a_client_that_begins_with_http_2_gets_no_frame() {
        // Given the preface, and an empty frame of settings
        String answer = RawHttp.send(PORT, PREFACE + "\0\0\0\4\0\0\0\0\0");

        assertThat(answer, not(containsString("\0")));
        assertThat(answer, containsString(" 400 Bad Request\r\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PRI * HTTP/2.0\r\n", PREFACE + "\0", "GET /q/health/live HTTP/1.1\r\nx: "})
    void a_client_that_sends_byte_by_byte_is_disconnected(String beginning) throws Exception {
        try (Socket connection = new Socket("localhost", PORT)) {
            long start = System.nanoTime();
            OutputStream out = connection.getOutputStream();
            out.write(beginning.getBytes(StandardCharsets.US_ASCII));
            while (System.nanoTime() - start < MUCH_LATER_MILLIS * 1_000_000) {
                out.write('1');
                Thread.sleep(LIMIT_MILLIS / 10);
            }
        } catch (IOException closed) {
            return;
        }
        throw new AssertionError("still open after " + MUCH_LATER_MILLIS + " ms");
    }

    @Test
    void a_connection_that_is_idle_after_an_answer_is_closed() throws IOException {
        try (Socket connection = new Socket("localhost", PORT)) {
            connection.setSoTimeout((int) MUCH_LATER_MILLIS);
            long start = System.nanoTime();
            connection.getOutputStream().write((LIVE + "\r\n").getBytes(StandardCharsets.US_ASCII));

            String answer = new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(answer, startsWith("HTTP/1.1 200 OK"));
            assertThat(
                    (System.nanoTime() - start) / 1_000_000,
                    is(both(greaterThan(LIMIT_MILLIS / 2)).and(lessThan(MUCH_LATER_MILLIS))));
        }
    }

    @Test
    void a_request_with_too_many_headers_gets_431() {
        assertThat(
                RawHttp.send(PORT, LIVE + "Connection: close\r\n" + "x: 1\r\n".repeat(200) + "\r\n"),
                startsWith("HTTP/1.1 200 OK"));
        assertThat(
                RawHttp.send(PORT, LIVE + "x: 1\r\n".repeat(300)),
                both(startsWith("HTTP/1.1 431 ")).and(endsWith("\r\n\r\n")));
    }
}
