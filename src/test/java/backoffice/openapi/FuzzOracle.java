package backoffice.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.openapi.Document.Call;
import backoffice.openapi.FuzzRequest.Claim;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks an answer against the OpenAPI document, and against docs/api.md, sections 1.3 and 8.1. */
final class FuzzOracle {

    /** HTTP codes that may come without an envelope, because HTTP itself refuses the request. */
    private static final Set<Integer> WITHOUT_ENVELOPE = Set.of(400, 414, 431);

    private static final int FIRST_OF_DATA = 2000;
    private static final Pattern INTERNALS =
            Pattern.compile("\\w{3}Exception|\\b(?:java|jakarta|org|io|backoffice)\\.[a-z]+\\.");

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(Dialect.builder(Dialects.getOpenApi31())
            .keyword(new NonValidationKeyword("components"))
            .build());
    private final Map<JsonNode, Schema> schemas = new HashMap<>();
    private final Document document;

    FuzzOracle(Document document) {
        this.document = document;
    }

    /**
     * Asserts that the answer is allowed for the request.
     *
     * @return the status of the envelope, or -1 if there is no envelope
     */
    int check(FuzzRequest request, String answer) {
        String[] parts = answer.split("\r\n\r\n", 2);
        assertTrue(parts.length == 2 && parts[0].startsWith("HTTP/1."), "no HTTP");
        int code = Integer.parseInt(parts[0].split(" ")[1]);
        assertTrue(code < 500, "a fault");
        if (request.method.equals("HEAD")) {
            assertEquals("", parts[1]);
            return -1;
        }
        if (request.call == null && parts[1].isEmpty() && WITHOUT_ENVELOPE.contains(code)) {
            return -1;
        }
        JsonNode body = parse(parts[1]).orElseThrow(() -> new AssertionError("no JSON"));
        int status = body.path("status").asInt(-1);
        assertEquals(Document.status(status).httpCode(), code);
        assertTrue(!INTERNALS.matcher(body.path("msg").asText()).find(), "the inside shows");
        if (request.call == null) {
            assertTrue(code == 200 || fits(failure(), body), "no envelope");
        } else {
            check(request, code, status, body);
        }
        return status;
    }

    private void check(FuzzRequest request, int code, int status, JsonNode body) {
        Call call = request.call;
        assertTrue(
                document.answers(call).stream().anyMatch(shown -> shown.code() == code && shown.status() == status),
                "an answer that the document does not have");
        assertEquals(List.of(), schema(responseSchema(call, code)).validate(body));
        if (request.claim == Claim.WELL_FORMED) {
            assertTrue(status == 0 || status > FIRST_OF_DATA, "refused, though well-formed");
        }
        if (request.claim == Claim.MALFORMED || !hasBodyThatFits(request)) {
            assertNotEquals(0, status, "done, though malformed");
        }
    }

    private boolean hasBodyThatFits(FuzzRequest request) {
        if (!request.call.operation().has("requestBody")) {
            return true;
        }
        Optional<String> text = decode(request.body == null ? new byte[0] : request.body)
                .map(t -> t.startsWith("\uFEFF") ? t.substring(1) : t);
        Optional<JsonNode> body = text.flatMap(this::parse);
        boolean absent = text.map(String::isBlank).orElse(false)
                || body.filter(JsonNode::isNull).isPresent();
        JsonNode described = document.resolve(request.call.operation().get("requestBody"));
        return absent
                ? !described.path("required").asBoolean()
                : body.map(json -> fits(document.bodySchema(request.call), json))
                        .orElse(false);
    }

    private JsonNode responseSchema(Call call, int code) {
        JsonNode response = document.resolve(call.operation().at("/responses/" + code));
        return response.at("/content/application~1json/schema");
    }

    private JsonNode failure() {
        return document.root().at("/components/schemas/Failure");
    }

    private boolean fits(JsonNode schema, JsonNode value) {
        return schema(schema).validate(value).isEmpty();
    }

    /** A schema together with the components that it may refer to. */
    private Schema schema(JsonNode schema) {
        return schemas.computeIfAbsent(schema, s -> {
            ObjectNode whole = s.deepCopy();
            whole.set("components", document.root().get("components"));
            return registry.getSchema(whole);
        });
    }

    private Optional<JsonNode> parse(String text) {
        try {
            return Optional.of(STRICT.readTree(text)).filter(json -> !json.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> decode(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
