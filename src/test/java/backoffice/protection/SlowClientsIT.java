package backoffice.protection;

import static backoffice.testsupport.RawHttp.head;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import backoffice.testsupport.Api;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever is slow loses the connection, however little by little it goes on; whoever only rests does not. */
@Tag("slow")
class SlowClientsIT {

    private static final String KEY = "slow-key";
    private static final String GROUPS = Api.BASE_PATH + "/customer_groups";
    private static final long LIMIT_MILLIS = 2000;
    private static final long MUCH_LATER_MILLIS = 8000;
    private static final int PORT = Ports.free();

    private static EmptyDatabase database;
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
        awaitPractice();
    }

    /** The first answers of a JVM on a busy machine take longer than the limit. */
    private static void awaitPractice() throws IOException {
        int quick = 0;
        for (long start = System.nanoTime(); quick < 3; start = System.nanoTime()) {
            boolean answered = answers(head("GET " + GROUPS, KEY) + "\r\n").startsWith("HTTP/1.1 200");
            quick = answered && (System.nanoTime() - start) / 1_000_000 < LIMIT_MILLIS / 10 ? quick + 1 : 0;
        }
    }

    @AfterAll
    static void stop() {
        service.close();
        database.close();
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
    void a_request_that_comes_byte_by_byte_is_cut_off(String beginning) throws Exception {
        try (Socket connection = connect()) {
            long start = System.nanoTime();
            send(connection, beginning);

            assertThat(
                    millisUntilClosed(connection, start),
                    both(greaterThan(LIMIT_MILLIS - 1)).and(lessThan(MUCH_LATER_MILLIS)));
        }
    }

    @Test
    void a_connection_that_stays_silent_is_cut_off() throws IOException {
        try (Socket connection = connect()) {
            assertThat(connection.getInputStream().read(), lessThan(0));
        }
    }

    @Test
    void senders_of_large_bodies_that_stall_give_way_to_others() throws Exception {
        String announced = head("POST " + GROUPS, KEY) + "Content-Length: 100000\r\n\r\n";
        List<Socket> stalled = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            stalled.add(connect());
            send(stalled.get(i), announced + "{");
        }

        Thread.sleep(2 * LIMIT_MILLIS);
        String body = "{\"name\":\"large\"}";
        assertThat(answers(announced + body + " ".repeat(100_000 - body.length())), startsWith("HTTP/1.1 200"));
        for (Socket connection : stalled) {
            connection.close();
        }
    }

    @Test
    void a_client_that_does_not_take_its_answers_is_cut_off() throws Exception {
        // Given answers of a megabyte each, more of them than the buffers of the network hold
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
    void a_connection_that_rests_between_two_requests_is_kept() throws Exception {
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

    private static String answers(String request) throws IOException {
        try (Socket connection = connect()) {
            send(connection, request);
            return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Goes on sending an byte now and then until the service hangs up. */
    private static long millisUntilClosed(Socket connection, long start) throws InterruptedException {
        try {
            OutputStream out = connection.getOutputStream();
            while (System.nanoTime() - start < MUCH_LATER_MILLIS * 1_000_000) {
                out.write('1');
                Thread.sleep(LIMIT_MILLIS / 10);
            }
        } catch (IOException closed) {
            // What is waited for.
        }
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static int readUntilClosed(Socket connection) throws IOException {
        byte[] buffer = new byte[1 << 16];
        int total = 0;
        try {
            for (int length = connection.getInputStream().read(buffer); length >= 0; ) {
                total += length;
                length = connection.getInputStream().read(buffer);
            }
        } catch (SocketException reset) {
            // Hung up on, with bytes on the way.
        }
        return total;
    }
}
