package backoffice.protection;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.ServerCertificate;
import backoffice.testsupport.Threads;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Slow clients are disconnected, also if they keep sending or reading a few bytes. Idle connections are kept for a while.
 * HTTPS and the management port have the same limits, and the latter speaks HTTP/1.1 alone.
 */
@Tag("slow")
class SlowClientsIT {

    private static final String KEY = "slow-key";
    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final String LIVE = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\n";
    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private static final long LIMIT_MILLIS = 2000;
    private static final long IDLE_MILLIS = 6000;
    private static final long MUCH_LATER_MILLIS = 8000;
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
        Map<String, String> environment = database.environment(
                "BACKOFFICE_BITKEYS_SLOW=" + KEY,
                "BACKOFFICE_LIMITS_REQUEST_TIMEOUT=" + LIMIT_MILLIS + "ms",
                "BACKOFFICE_LIMITS_RESPONSE_TIMEOUT=" + LIMIT_MILLIS + "ms",
                "QUARKUS_HTTP_IDLE_TIMEOUT=" + IDLE_MILLIS + "ms");
        environment.putAll(certificate.environment(TLS_PORT));
        service = PackagedApplication.start(environment);
        database.execute(
                "insert into customer_group (vendor, name) select 'slow', repeat('😀', 250) || i from generate_series(10000, 10999) i");
        // The first answers of a JVM on a busy machine may exceed the limit.
        Await.atMost(Duration.ofMinutes(1)).until(() -> IntStream.range(0, 3).allMatch(call -> isQuick()));
    }

    private static boolean isQuick() {
        long begin = System.nanoTime();
        return RawHttp.send(service.port(), head("GET " + GROUPS, KEY) + "\r\n").startsWith("HTTP/1.1 200")
                && millisSince(begin) < LIMIT_MILLIS / 10;
    }

    /** What a client sends at once, and the least time after which it is disconnected. */
    private record Beginning(int port, long leastMillis, String text) {}

    private static Stream<Beginning> beginnings() {
        String post = "POST " + GROUPS + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY + "\r\n";
        return Stream.concat(
                Stream.of(service.port(), TLS_PORT)
                        .flatMap(port -> Stream.of(
                                        "",
                                        "GET ",
                                        "GET / HTTP/1.1\r\nHost: localhost\r\nx: ",
                                        post + "Content-Length: 1000\r\n\r\n{",
                                        post + "Transfer-Encoding: chunked\r\n\r\n1")
                                .map(text -> new Beginning(port, LIMIT_MILLIS, text))),
                Stream.of("", "P", "PRI * HTTP/2.0\r\n", PREFACE + "\0", "GET /q/health/live HTTP/1.1\r\nx: ")
                        .map(text -> new Beginning(service.managementPort(), 0, text)));
    }

    @Test
    void a_client_that_sends_byte_by_byte_is_disconnected() {
        Map<Beginning, CompletableFuture<Long>> clients = beginnings()
                .collect(Collectors.toMap(
                        beginning -> beginning,
                        beginning -> CompletableFuture.supplyAsync(
                                Unchecked.supplier(() -> millisUntilDisconnected(beginning)), Threads.NEW)));

        clients.forEach((beginning, millis) -> assertThat(
                beginning.toString(),
                millis.join(),
                both(greaterThan(beginning.leastMillis - 1)).and(lessThan(MUCH_LATER_MILLIS))));
    }

    private static long millisUntilDisconnected(Beginning beginning) throws InterruptedException {
        long start = System.nanoTime();
        try (Socket connection = connect(beginning.port, beginning.text)) {
            while (millisSince(start) < MUCH_LATER_MILLIS) {
                connection.getOutputStream().write('1');
                Thread.sleep(LIMIT_MILLIS / 10);
            }
        } catch (IOException closed) {
            // The service has closed the connection.
        }
        return millisSince(start);
    }

    @Test
    void a_connection_is_closed_soon_without_a_request_and_later_when_it_is_idle_after_an_answer() throws IOException {
        long start = System.nanoTime();
        try (Socket silent = connect(service.port(), "");
                Socket silentAfterHandshake = connect(TLS_PORT, "");
                Socket idle = connect(service.managementPort(), LIVE + "\r\n")) {
            assertThat(silentAfterHandshake.getInputStream().read(), is(-1));
            assertThat(silent.getInputStream().read(), is(-1));
            assertThat(millisSince(start), lessThan(IDLE_MILLIS));

            assertThat(text(idle), startsWith("HTTP/1.1 200 OK"));
            assertThat(millisSince(start), both(greaterThan(IDLE_MILLIS / 2)).and(lessThan(MUCH_LATER_MILLIS)));
        }
    }

    /** A client reads so many bytes each 50 ms for some seconds, and then what is left. */
    @ParameterizedTest
    @CsvSource({"0, true", "250, true", "100000, false"})
    void a_client_that_reads_less_than_a_megabyte_of_its_answers_within_the_limit_is_disconnected(
            int bytesInTick, boolean isDisconnected) throws Exception {
        // Given 50 answers of one megabyte each, which do not fit into the network buffers
        String call = "GET " + GROUPS + "?limit=1000 HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY + "\r\n\r\n";
        int calls = 50;
        long bytes = 0;

        try (Socket connection =
                connect(service.port(), call.repeat(calls - 1) + call.replace("Host", "Connection: close\r\nHost"))) {
            for (long start = System.nanoTime(); millisSince(start) < 3 * LIMIT_MILLIS; Thread.sleep(50)) {
                bytes += connection.getInputStream().readNBytes(bytesInTick).length;
            }
            bytes += connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // The service has closed the connection while bytes were under way.
        }

        assertThat(bytes < calls * 1_000_000, is(isDisconnected));
    }

    @Test
    void a_connection_that_is_idle_between_two_requests_is_kept() throws Exception {
        String call = "GET " + GROUPS + "?limit=1 HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY + "\r\n\r\n";

        try (Socket connection = connect(service.port(), call)) {
            Thread.sleep(2 * LIMIT_MILLIS);
            connection.getOutputStream().write((head("GET " + GROUPS, KEY) + "\r\n").getBytes(StandardCharsets.UTF_8));

            assertThat(text(connection).split("HTTP/1.1 200", -1).length - 1, is(2));
        }
    }

    @Test
    void a_request_for_http_2_is_answered_over_http_1_1_and_its_preface_closes_the_connection() {
        String answer = RawHttp.send(
                service.managementPort(),
                LIVE + "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAQAA\r\n\r\n"
                        + LIVE + "Connection: close\r\n\r\n");

        assertThat(answer, startsWith("HTTP/1.1 200 OK"));
        assertThat(answer.split("HTTP/1.1 200 OK", -1).length - 1, is(2));
        // When HTTP/2 begins without a request, with the preface and an empty frame of settings
        long start = System.nanoTime();
        RawHttp.send(service.managementPort(), PREFACE + "\0\0\0\4\0\0\0\0\0");

        // Then the connection is closed at once
        assertThat(millisSince(start), lessThan(LIMIT_MILLIS));
    }

    @Test
    void a_request_with_too_many_headers_gets_431() throws IOException {
        String call = head("GET " + GROUPS, KEY);

        assertThat(text(connect(TLS_PORT, call + "x: 1\r\n".repeat(200) + "\r\n")), startsWith("HTTP/1.1 200 OK"));
        assertThat(text(connect(TLS_PORT, call + "x: 1\r\n".repeat(300) + "\r\n")), startsWith("HTTP/1.1 431 "));
        String probe = LIVE + "Connection: close\r\n" + "x: 1\r\n".repeat(200) + "\r\n";
        assertThat(RawHttp.send(service.managementPort(), probe), startsWith("HTTP/1.1 200 OK"));
        assertThat(
                RawHttp.send(service.managementPort(), LIVE + "x: 1\r\n".repeat(300)),
                both(startsWith("HTTP/1.1 431 ")).and(endsWith("\r\n\r\n")));
    }

    private static Socket connect(int port, String beginning) throws IOException {
        Socket connection = port == TLS_PORT ? tls.createSocket("localhost", port) : new Socket("localhost", port);
        connection.setSoTimeout((int) (2 * MUCH_LATER_MILLIS));
        connection.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
        return connection;
    }

    private static String text(Socket connection) throws IOException {
        try (connection) {
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
