package backoffice.json;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * JSON reader that is stricter than Jackson and names the place of each fault (docs/api.md, sections 1.2, 3.4 and 3.5).
 *
 * <p>It refuses unknown and duplicate members, values of a wrong type, anything after the JSON value, other encodings
 * than UTF-8, and batches that are empty or have over {@link #MAX_BATCH} entries. In a body of up to 8 KiB, malformed JSON is
 * found before any other fault. A larger one is read as a stream, up to its first fault.
 */
@ApplicationScoped
public class StrictJsonReader {

    /** The largest number of entries of a batch. */
    public static final int MAX_BATCH = 1000;

    /** No body of the API has more. An answer that an import reads can, and each token takes about 100 bytes of memory. */
    private static final int MAX_TOKENS = 1 << 20;

    /** The bytes of a body that is decoded at once, and in which malformed JSON is found before any other fault. */
    private static final int SMALL_BODY = 8 << 10;

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
                .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES)
                .registerModule(new SimpleModule()
                        .addDeserializer(List.class, new BoundedArray())
                        .setDeserializerModifier(new ClosedObjects()));
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            this.mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
    }

    /** Whether a body has no value: a byte order mark is skipped, and the rest is the white space of JSON. */
    public static boolean isBlank(byte[] body) {
        int i = start(body);
        while (i < body.length && " \t\r\n".indexOf(body[i]) >= 0) {
            i++;
        }
        return i == body.length;
    }

    /**
     * Reads a body as a value of the given type, up to its first fault; null when the body is the literal {@code null}.
     *
     * @throws ApiException (1001; 1002 within a search) when the body is malformed or not of that type, with the place of
     *     the fault
     */
    public Object read(byte[] body, Type type) {
        try (JsonParser json = parser(body)) {
            Object value = read(json, type, body.length <= SMALL_BODY);
            requireEnd(json);
            if (value instanceof List<?> batch && batch.isEmpty()) {
                throw new ApiException(Problem.EMPTY_BATCH, MAX_BATCH);
            }
            return requireName(value);
        } catch (IOException e) {
            throw JsonFaults.malformed(e);
        }
    }

    /** @throws ApiException (1001) when the tree is not of that type, with the place of the fault */
    public <T> T convert(JsonNode tree, Class<T> type) {
        try (JsonParser json = mapper.treeAsTokens(tree)) {
            return type.cast(requireName(read(json, type, false)));
        } catch (IOException e) {
            throw new IllegalStateException("A parsed body is malformed", e);
        }
    }

    private Object read(JsonParser json, Type type, boolean isToTheEnd) throws IOException {
        try {
            return mapper.readValue(json, mapper.constructType(type));
        } catch (JsonMappingException e) {
            ApiException fault = JsonFaults.mismatch(e, json);
            if (isToTheEnd) {
                requireEnd(json);
            }
            throw fault;
        }
    }

    /** @throws ApiException (1001) when the bytes are not one JSON value in UTF-8, with the place of the fault */
    public JsonNode parse(byte[] body) {
        try (JsonParser json = parser(body)) {
            JsonNode tree = mapper.readTree(json);
            requireEnd(json);
            return tree == null ? MissingNode.getInstance() : tree;
        } catch (IOException e) {
            throw JsonFaults.malformed(e);
        }
    }

    /** Decodes the body strictly. Jackson would accept bytes that are not UTF-8, and other encodings. */
    private JsonParser parser(byte[] body) throws IOException {
        int start = start(body);
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        if (body.length <= SMALL_BODY) {
            // A stream takes a buffer of 8 KiB for each body, also for one of 20 bytes.
            CharBuffer text = decoder.decode(ByteBuffer.wrap(body, start, body.length - start));
            return mapper.createParser(text.array(), text.arrayOffset(), text.length());
        }
        return mapper.createParser(
                new InputStreamReader(new ByteArrayInputStream(body, start, body.length - start), decoder));
    }

    private static int start(byte[] body) {
        int common = Arrays.mismatch(body, BYTE_ORDER_MARK);
        return common < 0 || common == BYTE_ORDER_MARK.length ? BYTE_ORDER_MARK.length : 0;
    }

    /** Reads the rest of the value, and requires that nothing follows it. */
    private static void requireEnd(JsonParser json) throws IOException {
        while (!json.getParsingContext().inRoot()) {
            json.nextToken();
        }
        if (json.nextToken() != null) {
            throw new ApiException(Problem.TRAILING_GARBAGE);
        }
    }

    /** After Jackson has refused unknown members, because a name is missing more often when it is misspelled. */
    static Object requireName(Object value) {
        if (value instanceof Name.Required named && named.name() == null) {
            throw new ApiException(Problem.MEMBER_MISSING, "name");
        }
        return value;
    }

    /** Without this, Jackson would hold the values of unknown members in memory until it refuses them. */
    private static final class ClosedObjects extends BeanDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config, BeanDescription type, BeanDeserializerBuilder builder) {
            builder.getProperties().forEachRemaining(member -> builder.addIncludable(member.getName()));
            return builder;
        }
    }
}
