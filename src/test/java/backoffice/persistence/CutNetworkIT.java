package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Race;
import backoffice.testsupport.TcpRelay;
import io.restassured.response.ValidatableResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/adr/0010: the network loses the bytes of connections to PostgreSQL that are open, and new ones are possible. */
@Tag("slow")
class CutNetworkIT {

    private static final Duration PROMISED = Duration.ofSeconds(20);
    private static final Duration WATCHED = Duration.ofSeconds(30);
    private static final Duration BETWEEN_CALLS = Duration.ofMillis(300);
    private static final int CALLS_AT_ONCE = 12;

    @AutoClose
    private static PostgresProcess database;

    @BeforeAll
    static void start() throws Exception {
        database = new PostgresProcess();
    }

    @ParameterizedTest
    @CsvSource({"true, epoll", "false, NIO"})
    void calls_of_each_kind_succeed_within_20_seconds_after_all_connections_were_cut(
            String preferNative, String transport) throws Exception {
        try (TcpRelay network = new TcpRelay(database.port());
                Running service = PackagedApplication.start(database.environment(
                        "QUARKUS_DATASOURCE_REACTIVE_URL=postgresql://localhost:" + network.port() + "/postgres",
                        "QUARKUS_VERTX_PREFER_NATIVE_TRANSPORT=" + preferNative,
                        "BACKOFFICE_BITKEYS_CUT=cut-key"))) {
            assertThat(Files.readString(service.output()), containsString("Connections use " + transport));
            Map<String, Callable<Integer>> calls = calls(service.as("cut-key"));

            // Given open connections of each pool
            for (Callable<Integer> call : calls.values()) {
                Await.atMost(PROMISED).until(call, is(200));
            }
            List<Callable<Integer>> atOnce = Collections.nCopies(CALLS_AT_ONCE, calls.values()).stream()
                    .flatMap(Collection::stream)
                    .toList();
            assertThat(Race.run(atOnce), everyItem(is(200)));
            database.execute(
                    "insert into bitkey (vendor, name, digest, read_only) values ('cut', '%1$s', sha256('%1$s'), false)"
                            .formatted(transport));

            // When the network cuts them, while a client of each kind goes on
            network.cut();
            long cutAt = System.nanoTime();
            calls.put("reading of keys", () -> service.as(transport).code("/customer_groups"));
            List<Callable<Long>> clients = calls.values().stream()
                    .<Callable<Long>>map(call -> () -> lastFailure(call, cutAt))
                    .toList();

            // Then its calls succeed again
            assertThat(calls.keySet().toString(), Race.run(clients), everyItem(lessThan(PROMISED.toMillis())));
        }
    }

    /** A call for each way to PostgreSQL, in an order in which all of them succeed. */
    private static Map<String, Callable<Integer>> calls(Api api) {
        Map<String, Callable<Integer>> calls = new LinkedHashMap<>();
        calls.put("transaction", () -> code(api.post("/customers", "[{\"name\":\"a\"}]")));
        calls.put("connection", () -> code(api.post("/customer_groups", "{\"name\":\"a\"}")));
        calls.put("session", () -> api.code("/customer_groups"));
        calls.put("shared connection", () -> api.code("/customers/a"));
        return calls;
    }

    private static int code(ValidatableResponse answer) {
        return answer.extract().statusCode();
    }

    /** Calls again and again, and returns the milliseconds from the cut to the end of the last call that failed. */
    private static long lastFailure(Callable<Integer> call, long cutAt) throws Exception {
        long last = 0;
        while (System.nanoTime() - cutAt < WATCHED.toNanos()) {
            if (call.call() != 200) {
                last = (System.nanoTime() - cutAt) / 1_000_000;
            }
            Await.sleep(BETWEEN_CALLS);
        }
        return last;
    }
}
