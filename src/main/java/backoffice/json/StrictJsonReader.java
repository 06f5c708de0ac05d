package backoffice.json;

import backoffice.envelope.ApiException;
import backoffice.envelope.Location;
import backoffice.envelope.Problem;
import backoffice.value.Named;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * JSON reader that is stricter than Jackson and names the place of each fault (docs/api.md, sections 1.2, 3.4 and 3.5).
 *
 * <p>It refuses unknown and duplicate members, values of a wrong type, anything after the JSON value, other encodings
 * than UTF-8, and batches that are empty or have over {@link #MAX_BATCH} entries.
 */
@ApplicationScoped
public class StrictJsonReader {

    /** The largest number of entries of a batch. */
    public static final int MAX_BATCH = 1000;

    /** No body of the API has more. An answer that an import reads can, and each token takes about 100 bytes of memory. */
    private static final int MAX_TOKENS = 1 << 20;

    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

    private final ObjectMapper mapper;

    public StrictJsonReader(ObjectMapper mapper) {
        // Otherwise, Jackson would remember thousands of names that clients invent, each of up to 50,000 characters.
        this.mapper = mapper.copyWith(JsonFactory.builder()
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxTokenCount(MAX_TOKENS)
                                .build())
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            this.mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
    }

    /** Whether a body has no value: a byte order mark is skipped, and the rest is the white space of JSON. */
    public static boolean isBlank(byte[] body) {
        return IntStream.range(start(body), body.length).allMatch(i -> " \t\r\n".indexOf(body[i]) >= 0);
    }

    /**
     * Reads a body as a value of the given type; null when the body is the literal {@code null}.
     *
     * @throws ApiException (1001) when the body is malformed or not of that type, with the place of the fault
     */
    public Object read(byte[] body, Type type) {
        JavaType javaType = mapper.constructType(type);
        Object value;
        try {
            value = mapper.readValue(text(body), javaType);
        } catch (JsonProcessingException refused) {
            // Malformed JSON is reported before any other fault. The tree also holds the value to name in the message.
            value = convert(parse(body), javaType);
        }
        if (value instanceof List<?> batch) {
            checkBatch(batch);
        }
        return requireName(value);
    }

    /** @throws ApiException (1001) when the tree is not of that type, with the place of the fault */
    public <T> T convert(JsonNode tree, Class<T> type) {
        return type.cast(requireName(convert(tree, mapper.constructType(type))));
    }

    private Object convert(JsonNode tree, JavaType type) {
        try {
            return mapper.treeToValue(tree, type);
        } catch (JsonMappingException e) {
            throw JsonFaults.mismatch(e, tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A parsed body is malformed", e);
        }
    }

    /** Decodes the body strictly. Jackson would accept bytes that are not UTF-8, and other encodings. */
    private static String text(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        // Bytes that are not UTF-8 became U+FFFD, which the client may have sent as well.
        if (text.indexOf('\uFFFD') >= 0 && !Arrays.equals(body, text.getBytes(StandardCharsets.UTF_8))) {
            throw new ApiException(Problem.MALFORMED_UTF8);
        }
        return start(body) == 0 ? text : text.substring(1);
    }

    private static int start(byte[] body) {
        int common = Arrays.mismatch(body, BYTE_ORDER_MARK);
        return common < 0 || common == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
    }

    /** @throws ApiException (1001) when the bytes are not one JSON value in UTF-8, with the place of the fault */
    public JsonNode parse(byte[] body) {
        try {
            return mapper.readTree(text(body));
        } catch (MismatchedInputException e) {
            throw new ApiException(Problem.TRAILING_GARBAGE);
        } catch (JsonProcessingException e) {
            throw JsonFaults.malformed(e);
        }
    }

    private static void checkBatch(List<?> batch) {
        if (batch.isEmpty() || batch.size() > MAX_BATCH) {
            throw new ApiException(Problem.BATCH_SIZE, batch.size(), MAX_BATCH);
        }
        Location.forEachEntry(batch, entry -> {
            if (entry == null) {
                throw new ApiException(Problem.NOT_AN_OBJECT, "null");
            }
            requireName(entry);
        });
    }

    /** After Jackson has refused unknown members, because a name is missing more often when it is misspelled. */
    private static Object requireName(Object value) {
        if (value instanceof Named named && named.name() == null) {
            throw new ApiException(Problem.MEMBER_MISSING, "name");
        }
        return value;
    }
}
