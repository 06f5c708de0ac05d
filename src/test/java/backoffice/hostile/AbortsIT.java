package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.Seeds;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients disconnect at each point of their calls, while these wait for each other's permits. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AbortsIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int MAX_EVENT_LOOPS = 4;
    private static final int CALLS = 12;
    private static final int MANY_CALLS = 50;
    private static final int MAX_MILLIS = 8;
    private static final String BATCH =
            Api.batch(0, 1000, i -> "{\"name\":\"aborted %d\",\"description\":\"%s\"}".formatted(i, "x".repeat(850)));

    /** A call that needs permits. */
    private enum Call {
        BODY(HostileIT.call("POST /customers", BATCH)),
        EXPECTED_BODY(BODY.request.replace("\r\nContent-Length", "\r\nExpect: 100-continue\r\nContent-Length")),
        CHUNKED_BODY(HostileIT.call("POST /customers", "").replace("\r\n\r\n", "\r\nTransfer-Encoding: chunked\r\n\r\n")
                + Integer.toHexString(BATCH.length()) + "\r\n" + BATCH + "\r\n0\r\n\r\n"),
        PAGE(HostileIT.call("GET /customers?limit=1000", "")),
        HISTORY(HostileIT.call("GET /backoffice/history?limit=100", ""));

        private final String request;
        private final String head;

        Call(String request) {
            this.request = request;
            this.head = request.substring(0, request.indexOf("\r\n\r\n") + 4);
        }

        /** The head, and half of the body unless the client waits to be asked for it. */
        String begin() {
            return this == EXPECTED_BODY ? head : request.substring(0, (head.length() + request.length()) / 2);
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

    @AutoClose
    private AttackedService service;

    @BeforeAll
    void start() throws Exception {
        service = new AttackedService();
    }

    @ParameterizedTest
    @EnumSource
    void a_call_whose_client_disconnects_gives_back_what_it_holds(Point point) throws Exception {
        for (Call call : Call.values()) {
            abort(point, call, true);
            abort(point, call, false);
        }

        Await.atMost(SOON).until(this::notGivenBack, empty());
        HonestCaller next = service.caller(GREEDY);
        assertEquals(200, next.code("GET", "/customers?limit=1000", ""));
        assertEquals(200, next.code("POST", "/customers", BATCH));
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
                    begin(1, Call.PAGE.request);
                    Await.sleep(MOMENT);
                    // Event loops get connections in turns, so in one round the first call is on that of the page.
                    begin(idle, "");
                    begin(CALLS, call.request);
                    Await.sleep(MOMENT);
                    disconnectAtOnce(byReset);
                }
            }
            case WAITING_FOR_DATABASE ->
                service.database.duringTransaction("lock table customer, history in access exclusive mode", () -> {
                    begin(CALLS, call.request);
                    Await.sleep(MOMENT);
                    disconnectAtOnce(byReset);
                });
            case IN_ANSWER -> begin(CALLS, call.request);
            case ANYWHERE -> {
                Random random = Seeds.random(call.ordinal());
                for (int i = 0; i < MANY_CALLS; i++) {
                    begin(1, call.request);
                    Await.sleep(Duration.ofMillis(random.nextInt(MAX_MILLIS)));
                    disconnect(byReset);
                }
            }
        }
        Await.sleep(MOMENT);
        disconnectAtOnce(byReset);
    }

    private void begin(int calls, String text) {
        for (int i = 0; i < calls; i++) {
            try {
                Socket connection = new Socket("localhost", service.port);
                connections.add(connection);
                connection.getOutputStream().write(text.getBytes(UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** The service finds that all connections have ended when it continues, as when the network of a client fails. */
    private void disconnectAtOnce(boolean byReset) {
        signal("STOP");
        disconnect(byReset);
        signal("CONT");
    }

    private void signal(String name) {
        List<String> kill = List.of(
                "kill", "-" + name, String.valueOf(service.process.process().pid()));
        Unchecked.supplier(() -> new ProcessBuilder(kill).start().waitFor()).get();
    }

    private void disconnect(boolean byReset) {
        connections.forEach(Unchecked.consumer(connection -> {
            connection.setSoLinger(byReset, 0);
            connection.close();
        }));
        connections.clear();
    }
}
