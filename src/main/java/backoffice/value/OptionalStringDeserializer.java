package backoffice.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.util.function.Function;

/**
 * The base of Jackson deserializers for string members that may have no value. An absent member becomes null. The
 * values {@code null} and {@code ""} become a constant, so that a change can tell "not sent" from "cleared".
 *
 * @param <T> the type that the string is converted to
 */
public abstract class OptionalStringDeserializer<T> extends JsonDeserializer<T> {

    private final T none;
    private final Function<String, T> converter;

    /** @param none the result for {@code null} and {@code ""}; may be null */
    protected OptionalStringDeserializer(T none, Function<String, T> converter) {
        this.none = none;
        this.converter = converter;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String value = context.readValue(json, String.class);
        return value.isEmpty() ? none : converter.apply(value);
    }

    @Override
    public T getNullValue(DeserializationContext context) {
        return none;
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
        return null;
    }
}
