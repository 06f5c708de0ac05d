package backoffice.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.*;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.history.HistoryOn;
import backoffice.openapi.Document.Call;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.RowCountCheck;
import backoffice.testsupport.Seeds;
import backoffice.testsupport.Sql;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * A fuzzer that sends well-formed and damaged requests. {@code -Dfuzz.rounds=50} runs 50 rounds, each with its own seed.
 */
@Tag("slow")
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@Order(Integer.MAX_VALUE)
class FuzzIT {

    private static final Logger LOG = Logger.getLogger(FuzzIT.class);
    private static final int ROUNDS = Integer.getInteger("fuzz.rounds", 1);
    private static final int REQUESTS_OF_A_ROUND = 2_000;

    private static final Pattern INTERNALS =
            Pattern.compile("\\w{3}Exception|\\b(?:java|jakarta|org|io|backoffice)\\.[a-z]+\\.");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, Integer> done = new HashMap<>();
    private Document document;

    @TestFactory
    Stream<DynamicTest> every_answer_is_documented() {
        document = Document.served().strict();
        Set<String> calls = document.calls().stream().map(Call::name).collect(toSet());
        return Stream.concat(
                Seeds.ofRounds(ROUNDS).stream().map(seed -> dynamicTest("seed " + seed, () -> round(seed))),
                Stream.of(dynamicTest("each call was done", () -> {
                    LOG.info(done);
                    assertEquals(calls, done.keySet());
                })));
    }

    private void round(long seed) throws IOException {
        Sql.clean();
        Random random = new Random(seed);
        try (RawConnection connection = new RawConnection()) {
            FuzzRequest last = null;
            for (int i = 0; i < REQUESTS_OF_A_ROUND; i++) {
                FuzzRequest request = last == null || random.nextInt(20) > 0 ? new FuzzRequest(document, random) : last;
                String answer = connection.send(request.bytes(), !request.method.equals("HEAD"));
                assertDoesNotThrow(
                        () -> check(request, answer),
                        () -> "seed %d:%n%.2000s%n%s"
                                .formatted(seed, TextNode.valueOf(new String(request.bytes(), ISO_8859_1)), answer));
                last = request;
            }
        }
        assertEquals(0, Sql.number(RowCountCheck.WRONG_ROW_COUNTS));
    }

    private void check(FuzzRequest request, String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertTrue(parts.length == 2 && parts[0].startsWith("HTTP/1."), "no HTTP");
        int code = Integer.parseInt(parts[0].split(" ")[1]);
        assertTrue(code < 500, "a fault");
        if (request.method.equals("HEAD")) {
            assertEquals("", parts[1]);
            return;
        }
        if (request.call == null && parts[1].isEmpty() && Set.of(400, 414, 431).contains(code)) {
            // HTTP itself refuses the request.
            return;
        }
        JsonNode body = parse(parts[1]);
        int status = body.path("status").asInt(-1);
        assertEquals(Document.status(status).httpCode(), code);
        assertFalse(INTERNALS.matcher(body.path("msg").asText()).find(), "the inside shows");
        if (request.call == null) {
            JsonNode failure = document.root().at("/components/schemas/Failure");
            assertEquals(List.of(), code == 200 ? List.of() : document.errors(failure, body));
            return;
        }
        Call call = request.call;
        assertTrue(
                document.answers(call).stream().anyMatch(shown -> shown.code() == code && shown.status() == status),
                "an answer that the document does not have");
        assertEquals(List.of(), document.errors(document.answerSchema(call, code), body));
        if (request.mustBeRefused || !hasBodyThatFits(request)) {
            assertNotEquals(0, status, "done, though malformed");
        } else if (!request.damaged) {
            assertTrue(status == 0 || status > 2000, "refused, though well-formed");
        }
        if (status == 0) {
            done.merge(call.name(), 1, Integer::sum);
        }
    }

    private boolean hasBodyThatFits(FuzzRequest request) {
        JsonNode described = document.resolve(request.call.operation().path("requestBody"));
        byte[] bytes = request.body == null ? new byte[0] : request.body.getBytes(ISO_8859_1);
        String text = new String(bytes, UTF_8);
        JsonNode body = parse(text.replaceFirst("^\uFEFF", ""));
        if (text.isBlank() || body.isNull() || described.isMissingNode()) {
            return !described.path("required").asBoolean();
        }
        return Arrays.equals(bytes, text.getBytes(UTF_8))
                && !body.isMissingNode()
                && document.errors(document.bodySchema(request.call), body).isEmpty();
    }

    private static JsonNode parse(String text) {
        try {
            return STRICT.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }
}
