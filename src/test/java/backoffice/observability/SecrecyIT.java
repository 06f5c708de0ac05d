package backoffice.observability;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.RawHttp;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The outputs of a service after hostile requests: one log line for each call, and no secrets in any output. */
@Tag("slow")
class SecrecyIT {

    private static final String KEY = "right-key-5f1c";
    private static final String WRONG_KEY = "wrong-key-77ab";
    private static final String CUSTOMER = "customer-0d3e";
    private static final String GROUPS = "/customer_groups";

    private static final Map<String, String> outputs = new HashMap<>();
    private static int calls;

    @BeforeAll
    static void hostile_run() throws IOException, InterruptedException {
        StringBuffer traces = new StringBuffer();
        HttpServer collector = collectorInto(traces);
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = PackagedApplication.start(database.environment(
                        "BACKOFFICE_BITKEYS_ACME=" + KEY,
                        "QUARKUS_LOG_CATEGORY__BACKOFFICE_CALLS__LEVEL=DEBUG",
                        "QUARKUS_OTEL_SDK_DISABLED=false",
                        "QUARKUS_OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:"
                                + collector.getAddress().getPort(),
                        "QUARKUS_OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY=200ms"))) {
            outputs.put("metrics at the start", management(service, "/q/metrics"));
            List<String> requests = requests();
            StringBuilder answers = new StringBuilder();
            requests.forEach(request -> answers.append(RawHttp.send(service.port(), request)));
            database.execute("alter table row_count rename to hidden");
            answers.append(RawHttp.send(service.port(), RawHttp.head("GET " + Api.BASE_PATH + GROUPS, KEY) + "\r\n"));
            calls = requests.size() + 1;

            outputs.put("answers", answers.toString());
            outputs.put("metrics", management(service, "/q/metrics"));
            outputs.put("health", management(service, "/q/health"));
            // A trace names the call.
            Await.atMost(Duration.ofSeconds(20)).until(traces::toString, containsString("GET /customers/{name}"));
            service.terminate();
            outputs.put("log", service.awaitEnd().output());
            outputs.put("traces", traces.toString());
        } finally {
            collector.stop(0);
        }
    }

    /** A stub of an OpenTelemetry collector. The text parts of the protobuf messages that it receives are readable. */
    private static HttpServer collectorInto(StringBuffer traces) throws IOException {
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", exchange -> {
            traces.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
        return collector;
    }

    private static String management(Running service, String path) {
        return service.management(path).extract().asString();
    }

    /** Requests with valid and wrong keys and with each kind of fault, and a customer in paths and bodies. */
    private static List<String> requests() {
        List<String> requests = new ArrayList<>();
        for (String key : List.of(KEY, WRONG_KEY, KEY + ",", KEY + KEY, "x".repeat(8000) + KEY)) {
            for (String line : List.of(
                    "GET " + Api.BASE_PATH + GROUPS,
                    "GET " + Api.BASE_PATH + "/customers/" + CUSTOMER,
                    "GET " + Api.BASE_PATH + GROUPS + "?limit=x",
                    "DELETE " + Api.BASE_PATH + "/nope",
                    "PUT " + Api.BASE_PATH + GROUPS,
                    "GET " + Api.BASE_PATH + "/%zz/" + CUSTOMER)) {
                requests.add(RawHttp.head(line, key) + "\r\n");
            }
            for (String body : List.of("[{\"name\":\"" + CUSTOMER + "\"}]", "{", "[]", "\u0000")) {
                requests.add(RawHttp.head("POST " + Api.BASE_PATH + "/customers", key)
                        + "x-bit-req-id: %s%n${jndi:x}\r\n" + "Content-Length: " + body.length() + "\r\n\r\n" + body);
            }
        }
        return requests;
    }

    @ParameterizedTest
    @ValueSource(strings = {"answers", "metrics", "health", "log", "traces"})
    void no_key_appears_in_any_output(String place) {
        for (String key : List.of(KEY, WRONG_KEY)) {
            assertThat(outputs.get(place), not(containsString(key)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics", "log"})
    void neither_log_nor_metrics_contain_customer_names(String place) {
        assertThat(outputs.get(place), not(containsString(CUSTOMER)));
    }

    @Test
    void the_log_has_one_json_line_for_each_call_with_its_fields_and_a_level_for_its_outcome() {
        List<JsonNode> lines = outputs.get("log")
                .lines()
                .map(Unchecked.function(new ObjectMapper()::readTree))
                .filter(line -> line.get("loggerName").asText().equals("backoffice.calls"))
                .toList();

        assertEquals(calls, lines.size());
        Set<String> statuses = new HashSet<>();
        for (JsonNode line : lines) {
            JsonNode fields = line.get("mdc");
            for (String member : List.of("call", "vendor", "status", "rows", "millis", "correlationId")) {
                assertTrue(fields.has(member), line::toString);
            }
            String key = fields.get("vendor").asText().equals("none") ? "" : "configured";
            assertEquals(key, fields.path("bitkey").asText(), line::toString);

            String level = switch (fields.get("status").asText()) {
                case "0" -> "DEBUG";
                case "5000" -> "WARN";
                default -> "INFO";
            };
            boolean slow = fields.get("millis").asLong() > 1000;
            assertEquals(slow ? "WARN" : level, line.get("level").asText(), line::toString);
            statuses.add(fields.get("status").asText());
        }
        assertThat(statuses, hasItems("0", "1001", "1003", "1004", "1102", "2101", "5000"));
    }

    @Test
    void faults_are_counted_from_0_on_so_that_the_first_one_raises_an_alert() {
        assertThat(outputs.get("metrics at the start"), containsString("\nbackoffice_faults_total 0.0\n"));
        assertThat(outputs.get("metrics"), containsString("\nbackoffice_faults_total 1.0"));
    }

    @Test
    void a_fault_is_logged_under_the_correlation_id_of_its_answer() {
        Matcher answer = Pattern.compile("correlation id ([0-9a-f]{16})\\.").matcher(outputs.get("answers"));

        assertTrue(answer.find());
        assertThat(outputs.get("log"), containsString("\"message\":\"Fault " + answer.group(1)));
    }
}
