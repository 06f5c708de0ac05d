package backoffice.protection;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import backoffice.testsupport.Api;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow clients are disconnected, also if they keep sending or reading a few bytes. Idle connections are kept. */
@Tag("slow")
class SlowClientsIT {

    private static final String KEY = "slow-key";
    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
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
        environment.put("BACKOFFICE_BITKEYS_SLOW", KEY);
        environment.put("BACKOFFICE_LIMITS_REQUEST_TIMEOUT", LIMIT_MILLIS + "ms");
        environment.put("BACKOFFICE_LIMITS_RESPONSE_TIMEOUT", LIMIT_MILLIS + "ms");
        service = PackagedApplication.start(PORT, Ports.free(), environment);
        service.awaitListening();
        warmUp();
    }

    /** Calls the service until it answers fast. The first answers of a JVM on a busy machine may exceed the limit. */
    private static void warmUp() {
        int quick = 0;
        for (long start = System.nanoTime(); quick < 3; start = System.nanoTime()) {
            boolean answered =
                    RawHttp.send(PORT, head("GET " + GROUPS, KEY) + "\r\n").startsWith("HTTP/1.1 200");
            quick = answered && (System.nanoTime() - start) / 1_000_000 < LIMIT_MILLIS / 10 ? quick + 1 : 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET ",
                "GET / HTTP/1.1\r\nHost: localhost\r\nx: ",
                "POST " + GROUPS + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY
                        + "\r\nContent-Length: 1000\r\n\r\n{",
                "POST " + GROUPS + " HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY
                        + "\r\nTransfer-Encoding: chunked\r\n\r\n1"
            })
    void a_client_that_sends_byte_by_byte_is_disconnected(String beginning) throws Exception {
        try (Socket connection = connect()) {
            long start = System.nanoTime();
            send(connection, beginning);

            assertThat(
                    millisUntilClosed(connection, start),
                    both(greaterThan(LIMIT_MILLIS - 1)).and(lessThan(MUCH_LATER_MILLIS)));
        }
    }

    @Test
    void a_silent_connection_is_closed() throws IOException {
        try (Socket connection = connect()) {
            assertThat(connection.getInputStream().read(), lessThan(0));
        }
    }

    @Test
    void a_client_that_does_not_read_its_answers_is_disconnected() throws Exception {
        // Given 50 answers of one megabyte each, which do not fit into the network buffers
        database.execute(
                "insert into customer_group (vendor, name) select 'slow', repeat('😀', 250) || i from generate_series(10000, 10999) i");
        String call = "GET " + GROUPS + "?limit=1000 HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY + "\r\n\r\n";
        int calls = 50;

        try (Socket connection = connect()) {
            send(connection, call.repeat(calls));
            Thread.sleep(2 * LIMIT_MILLIS);

            assertThat((long) readUntilClosed(connection), both(greaterThan(0L)).and(lessThan(calls * 1_000_000L)));
        }
    }

    @Test
    void a_connection_that_is_idle_between_two_requests_is_kept() throws Exception {
        String call = "GET " + GROUPS + "?limit=1 HTTP/1.1\r\nHost: localhost\r\nbitkey: " + KEY + "\r\n\r\n";

        try (Socket connection = connect()) {
            send(connection, call);
            Thread.sleep(2 * LIMIT_MILLIS);
            send(connection, head("GET " + GROUPS, KEY) + "\r\n");

            String answers = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200", -1).length - 1, is(2));
        }
    }

    private static Socket connect() throws IOException {
        Socket connection = new Socket("localhost", PORT);
        connection.setSoTimeout((int) (2 * MUCH_LATER_MILLIS));
        return connection;
    }

    private static void send(Socket connection, String bytes) throws IOException {
        connection.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends bytes until the service closes the connection. Returns the time since the start in ms. */
    private static long millisUntilClosed(Socket connection, long start) throws InterruptedException {
        try {
            OutputStream out = connection.getOutputStream();
            while (System.nanoTime() - start < MUCH_LATER_MILLIS * 1_000_000) {
                out.write('1');
                Thread.sleep(LIMIT_MILLIS / 10);
            }
        } catch (IOException closed) {
            // The service has closed the connection.
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static int readUntilClosed(Socket connection) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            connection.getInputStream().transferTo(bytes);
        } catch (SocketException reset) {
            // The service has closed the connection while bytes were under way.
        }
        return bytes.size();
    }
}
