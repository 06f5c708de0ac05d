package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The abort table: clients that disconnect at each point of their calls, while these wait for each other's permits. Whatever
 * ends a call, it gives back what it holds.
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbortsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(300);
    private static final int MAX_EVENT_LOOPS = 4;
    private static final int CALLS = 12;
    private static final int MANY_CALLS = 100;
    private static final int MAX_MILLIS = 8;
    private static final String BATCH = IntStream.range(0, 1000)
            .mapToObj(i -> "{\"name\":\"aborted %d\",\"description\":\"%s\"}".formatted(i, "x".repeat(850)))
            .collect(joining(",", "[", "]"));
    private static final String CHUNK = Integer.toHexString(BATCH.length()) + "\r\n" + BATCH + "\r\n";

    /** A call that needs permits. */
    private enum Call {
        BODY("POST", Api.BASE_PATH + "/customers", "Content-Length: " + BATCH.length() + "\r\n", BATCH),
        EXPECTED_BODY(
                "POST",
                Api.BASE_PATH + "/customers",
                "Expect: 100-continue\r\nContent-Length: " + BATCH.length() + "\r\n",
                BATCH),
        CHUNKED_BODY("POST", Api.BASE_PATH + "/customers", "Transfer-Encoding: chunked\r\n", CHUNK + "0\r\n\r\n"),
        PAGE("GET", Api.BASE_PATH + "/customers?limit=1000", "", ""),
        HISTORY("GET", Api.BASE_PATH + "/backoffice/history?limit=100", "", "");

        private final String head;
        private final String body;

        Call(String method, String target, String headers, String body) {
            this.head = method + " " + target + " HTTP/1.1\r\nHost: x\r\nbitkey: " + GREEDY + "\r\n" + headers + "\r\n";
            this.body = body;
        }

        String request() {
            return head + body;
        }

        /** The head, and half of the body unless the client waits to be asked for it. */
        String begin() {
            return this == EXPECTED_BODY ? head : head + body.substring(0, body.length() / 2);
        }
    }

    /** How far a call comes before its client disconnects. */
    private enum Point {
        IN_HEAD,
        IN_BODY,
        WAITING_FOR_PERMIT,
        WAITING_FOR_DATABASE,
        IN_ANSWER,
        ANYWHERE
    }

    private final List<Socket> connections = new ArrayList<>();
    private AttackedService service;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        service = new AttackedService();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    static Stream<Arguments> aborts() {
        return Stream.of(Point.values())
                .flatMap(point -> Stream.of(Arguments.of(point, true), Arguments.of(point, false)));
    }

    @ParameterizedTest(name = "{0}, by a reset: {1}")
    @MethodSource("aborts")
    void a_call_whose_client_disconnects_gives_back_what_it_holds(Point point, boolean byReset) throws Exception {
        for (Call call : Call.values()) {
            abort(point, call, byReset);
        }

        Await.until(SOON, () -> notGivenBack().isEmpty(), () -> "not given back: " + notGivenBack());
        HonestCaller next = service.caller(GREEDY);
        assertEquals(200, next.send("GET", "/customers?limit=1000", "").statusCode());
        assertEquals(200, next.send("POST", "/customers", BATCH).statusCode());
    }

    /** The meters of what calls hold and wait for that are not 0. */
    private List<String> notGivenBack() {
        return service.metrics("backoffice_bulkhead_").stream()
                .filter(line -> line.matches("backoffice_bulkhead_(held|waiting_calls)\\{.*") && !line.endsWith(" 0.0"))
                .toList();
    }

    private void abort(Point point, Call call, boolean byReset) {
        switch (point) {
            case IN_HEAD -> begin(CALLS, call.head.substring(0, call.head.length() - 2));
            case IN_BODY -> begin(CALLS, call.begin());
            case WAITING_FOR_PERMIT -> {
                for (int idle = 0; idle < MAX_EVENT_LOOPS; idle++) {
                    // Nobody reads this page, so the calls behind it wait for its memory.
                    begin(1, Call.PAGE.request());
                    Await.sleep(MOMENT);
                    // Event loops get connections in turns, so in one round the first call is on that of the page.
                    begin(idle, "");
                    begin(CALLS, call.request());
                    Await.sleep(MOMENT);
                    disconnectAtOnce(byReset);
                }
            }
            case WAITING_FOR_DATABASE ->
                service.duringTransaction("lock table customer, history in access exclusive mode", () -> {
                    begin(CALLS, call.request());
                    Await.sleep(MOMENT);
                    disconnectAtOnce(byReset);
                });
            case IN_ANSWER -> begin(CALLS, call.request());
            case ANYWHERE -> {
                Random random = new Random(call.ordinal());
                for (int i = 0; i < MANY_CALLS; i++) {
                    begin(1, call.request());
                    Await.sleep(Duration.ofMillis(random.nextInt(MAX_MILLIS)));
                    disconnect(byReset);
                }
            }
        }
        Await.sleep(MOMENT);
        disconnectAtOnce(byReset);
    }

    private void begin(int calls, String bytes) {
        try {
            for (int i = 0; i < calls; i++) {
                Socket connection = new Socket("localhost", service.port);
                connections.add(connection);
                send(connection, bytes);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void send(Socket connection, String bytes) throws IOException {
        try {
            connection.getOutputStream().write(bytes.getBytes(UTF_8));
        } catch (SocketException tooMany) {
            // The service closes a connection beyond the calls of its vendor. It finds that calls have ended with a
            // delay.
        }
    }

    /** The service finds that all connections have ended when it continues, as when the network of a client fails. */
    private void disconnectAtOnce(boolean byReset) {
        signal("STOP");
        disconnect(byReset);
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(service.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void disconnect(boolean byReset) {
        try {
            for (Socket connection : connections) {
                connection.setSoLinger(byReset, 0);
                connection.close();
            }
            connections.clear();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
