package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.OptionalStringDeserializer;
import backoffice.value.StorableText;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * An optional text of a customer (docs/api.md, section 3.3). In a request, a text that was not sent is null, and a text
 * that was sent as {@code null} or {@code ""} is {@link #NONE}.
 *
 * @param value the text; null only for {@link #NONE}
 */
@JsonDeserialize(using = Text.Deserializer.class)
public record Text(@JsonValue String value) {

    static final Text NONE = new Text(null);

    /** The text of a column; null for a column that is null. */
    static Text ofColumn(Object value) {
        return value == null ? null : new Text((String) value);
    }

    /** The deserializer of a text of up to 255 code points. */
    static class Deserializer extends OptionalStringDeserializer<Text> {

        Deserializer() {
            this(255);
        }

        private Deserializer(int maxCodePoints) {
            super(NONE, value -> {
                if (value.codePointCount(0, value.length()) > maxCodePoints) {
                    throw new ApiException(Problem.TEXT_LENGTH, value, maxCodePoints);
                }
                if (!StorableText.is(value)) {
                    throw new ApiException(Problem.TEXT_CHARACTERS, value);
                }
                return new Text(value);
            });
        }
    }

    /** The deserializer of a description, which has up to 2000 code points. */
    static class Description extends Deserializer {

        Description() {
            super(2000);
        }
    }
}
