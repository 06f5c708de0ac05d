package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.StorableText;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * An optional text of a customer, stored exactly as sent (docs/api.md, section 3.3). In a request, a text that was
 * not sent is null, and a text that was sent as {@code null} or {@code ""} is {@link #NONE}.
 *
 * @param value the text; null only for {@link #NONE}
 */
@JsonDeserialize(using = TextDeserializer.class)
public record Text(@JsonValue String value) {

    static final int MAX_CODE_POINTS = 255;
    static final Text NONE = new Text(null);

    /**
     * Checks a text of a request.
     *
     * @throws ApiException (1001) when the text is longer than the limit, or contains U+0000 or a lone surrogate
     */
    static Text of(String value, int maxCodePoints) {
        if (value.codePointCount(0, value.length()) > maxCodePoints) {
            throw new ApiException(Problem.TEXT_LENGTH, value, maxCodePoints);
        }
        if (!StorableText.is(value)) {
            throw new ApiException(Problem.TEXT_CHARACTERS, value);
        }
        return new Text(value);
    }

    /** The text of a column; null for a column that is null. */
    static Text ofColumn(Object value) {
        return value == null ? null : new Text((String) value);
    }
}
