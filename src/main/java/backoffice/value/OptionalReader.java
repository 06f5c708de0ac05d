package backoffice.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads a member that may be absent, which is null, or be sent without a value: {@code null} and {@code ""}.
 *
 * @param <T> what the member holds
 */
public abstract class OptionalReader<T> extends StdDeserializer<T> {

    private static final long serialVersionUID = 1L;

    private final transient T none;
    private final transient Function<String, T> reader;

    /**
     * @param none what stands for a member without a value
     * @param reader makes a value of a string that is not empty
     */
    protected OptionalReader(Class<T> type, T none, Function<String, T> reader) {
        super(type);
        this.none = none;
        this.reader = reader;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String value = context.readValue(json, String.class);
        return value.isEmpty() ? none : reader.apply(value);
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
