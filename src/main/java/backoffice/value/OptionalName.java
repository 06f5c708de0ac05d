package backoffice.value;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;

/** Reads the name of a group where {@code null}, {@code ""} and absence all mean "without a group" (contract, section 3). */
public class OptionalName extends StdDeserializer<Name> {

    private static final long serialVersionUID = 1L;

    public OptionalName() {
        super(Name.class);
    }

    @Override
    public Name deserialize(JsonParser json, DeserializationContext context) throws IOException {
        String value = context.readValue(json, String.class);
        return value.isEmpty() ? null : new Name(value);
    }
}
