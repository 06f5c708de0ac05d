package backoffice.json;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.search.SearchRequest;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The deserializer of the arrays of a body. It stops at the first entry that is refused, and at the one after the last
 * that a body may have. A body may have several arrays with entries of one type. They count together.
 */
final class BoundedArray extends JsonDeserializer<List<?>> implements ContextualDeserializer {

    /** The most entries of a body, by their type. Those of a batch have the other types. */
    private static final Map<Class<?>, Integer> MAX_ENTRIES = Map.of(
            SearchRequest.Query.class, SearchRequest.MAX_QUERYS,
            SearchRequest.Sort.class, SearchRequest.MAX_SORTS,
            String.class, SearchRequest.MAX_VALUES);

    private final JavaType type;
    private final JsonDeserializer<?> reader;

    /** The deserializer of no type yet, from which Jackson makes those of each type. */
    BoundedArray() {
        this(null, null);
    }

    private BoundedArray(JavaType type, JsonDeserializer<?> reader) {
        this.type = type;
        this.reader = reader;
    }

    @Override
    public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty property)
            throws JsonMappingException {
        JavaType entry = context.getContextualType().getContentType();
        return new BoundedArray(entry, context.findContextualValueDeserializer(entry, property));
    }

    @Override
    public List<?> deserialize(JsonParser json, DeserializationContext context) throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            return (List<?>) context.handleUnexpectedToken(List.class, json);
        }
        int max = MAX_ENTRIES.getOrDefault(type.getRawClass(), StrictJsonReader.MAX_BATCH);
        int before = context.getAttribute(type) instanceof Integer count ? count : 0;
        List<Object> entries = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            try {
                if (before + entries.size() == max) {
                    throw new ApiException(Problem.TOO_MANY_ENTRIES, max + 1, max);
                }
                entries.add(entry(json, context));
            } catch (JsonMappingException | ApiException e) {
                throw JsonMappingException.wrapWithPath(e, entries, entries.size());
            }
        }
        context.setAttribute(type, before + entries.size());
        return entries;
    }

    private Object entry(JsonParser json, DeserializationContext context) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return type.isRecordType() ? context.handleUnexpectedToken(type, json) : reader.getNullValue(context);
        }
        return StrictJsonReader.requireName(reader.deserialize(json, context));
    }
}
