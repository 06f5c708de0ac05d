package backoffice.json;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.type.LogicalType;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads bodies as the contract wants them (sections 1 and 3), where Jackson alone would be lenient or vague. */
@ApplicationScoped
public class StrictJsonReader {

    private static final byte[] BYTE_ORDER_MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_BATCH = 1000;

    private final ObjectMapper mapper;

    StrictJsonReader(ObjectMapper mapper) {
        this.mapper = mapper.copy()
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature(), true)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        for (CoercionInputShape shape :
                List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
            this.mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
        }
    }

    /**
     * @return null when the body is the literal {@code null}
     * @throws ApiException (1001) when the body is not of that type, saying where and why
     */
    public Object read(byte[] body, Type type) {
        JavaType wanted = mapper.constructType(type);
        Object value;
        try {
            value = mapper.readValue(characters(body), wanted);
        } catch (IOException refused) {
            // The whole must be JSON before any part of it is judged.
            value = convert(parse(body), wanted);
        }
        if (value instanceof List<?> batch) {
            checkBatch(batch);
        }
        return value;
    }

    /**
     * What a tree stands for.
     *
     * @throws ApiException (1001) when the tree is not of that type, saying where and why
     */
    public <T> T convert(JsonNode tree, Class<T> type) {
        return type.cast(convert(tree, mapper.constructType(type)));
    }

    private Object convert(JsonNode tree, JavaType wanted) {
        try {
            return mapper.treeToValue(tree, wanted);
        } catch (JsonMappingException e) {
            throw refusal(e, tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A body that was parsed is malformed", e);
        }
    }

    /** Jackson by itself would accept bytes that are no UTF-8, and other encodings. */
    private static Reader characters(byte[] body) {
        int start = startsWithByteOrderMark(body) ? BYTE_ORDER_MARK.length : 0;
        return new InputStreamReader(
                new ByteArrayInputStream(body, start, body.length - start), StandardCharsets.UTF_8.newDecoder());
    }

    private static boolean startsWithByteOrderMark(byte[] body) {
        return body.length >= BYTE_ORDER_MARK.length
                && Arrays.equals(body, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    /** @throws ApiException (1001) when the bytes are not one JSON value in UTF-8, saying where and why */
    public JsonNode parse(byte[] body) {
        try {
            return mapper.readTree(characters(body));
        } catch (CharacterCodingException e) {
            throw new ApiException(Problem.MALFORMED_UTF8);
        } catch (MismatchedInputException e) {
            throw new ApiException(Problem.TRAILING_GARBAGE);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new IllegalStateException("Memory could not be read", e);
        }
    }

    private static ApiException malformed(JsonProcessingException e) {
        // Jackson has one class of exception for all malformed JSON; only the message tells a duplicate.
        if (e.getOriginalMessage().startsWith("Duplicate") && e.getProcessor() instanceof JsonParser parser) {
            return new ApiException(
                    Problem.DUPLICATE_MEMBER, parser.getParsingContext().getCurrentName());
        }
        if (e instanceof StreamConstraintsException) {
            return new ApiException(Problem.EXCESSIVE_JSON, StreamReadConstraints.DEFAULT_MAX_DEPTH);
        }
        JsonLocation where = e.getLocation();
        return new ApiException(Problem.MALFORMED_JSON, where.getLineNr(), where.getColumnNr());
    }

    private static void checkBatch(List<?> batch) {
        if (batch.isEmpty() || batch.size() > MAX_BATCH) {
            throw new ApiException(Problem.BATCH_SIZE, batch.size(), MAX_BATCH);
        }
        int hole = batch.indexOf(null);
        if (hole >= 0) {
            throw new ApiException(Problem.NOT_AN_OBJECT, "null").at("[" + hole + "]");
        }
    }

    private static RuntimeException refusal(JsonMappingException e, JsonNode tree) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            // The last step is the member's own name: text of the client, that must not pass for a place.
            List<Reference> object = e.getPath().subList(0, e.getPath().size() - 1);
            return unknownMember(unknown.getPropertyName(), unknown.getReferringClass())
                    .at(place(object));
        }
        String place = place(e.getPath());
        if (e.getCause() instanceof ApiException refused) {
            return refused.problem() == Problem.MEMBER_MISSING
                    ? misspelled(
                                    find(tree, e.getPath()),
                                    ((ValueInstantiationException) e).getType().getRawClass())
                            .orElse(refused)
                            .at(place)
                    : refused.at(place);
        }
        if (e instanceof MismatchedInputException mismatch) {
            return new ApiException(
                            wanted(mismatch.getTargetType()),
                            find(tree, e.getPath()).toString())
                    .at(place);
        }
        return new IllegalStateException("A body could not be read", e);
    }

    /** A record's constructor misses what is absent before Jackson comes to what is unknown, which is more often the fault. */
    private static Optional<ApiException> misspelled(JsonNode object, Class<?> type) {
        List<String> accepted = members(type);
        return object.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !accepted.contains(name))
                .findFirst()
                .map(name -> unknownMember(name, type));
    }

    private static ApiException unknownMember(String name, Class<?> type) {
        return new ApiException(Problem.UNKNOWN_MEMBER, name, members(type));
    }

    private static List<String> members(Class<?> type) {
        return Stream.of(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    private static Problem wanted(Class<?> type) {
        if (Collection.class.isAssignableFrom(type)) {
            return Problem.NOT_AN_ARRAY;
        }
        return type.isRecord() && type != Name.class ? Problem.NOT_AN_OBJECT : Problem.NOT_A_STRING;
    }

    private static JsonNode find(JsonNode tree, List<Reference> path) {
        JsonNode node = tree;
        for (Reference step : path) {
            node = step.getFieldName() == null ? node.path(step.getIndex()) : node.path(step.getFieldName());
        }
        return node;
    }

    /** A path as JavaScript would write it: {@code querys[0].name}. */
    private static String place(List<Reference> path) {
        StringBuilder place = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.toString();
    }
}
