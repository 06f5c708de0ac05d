package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.StorableText;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * A text that a customer may have (contract, section 5), kept exactly as it was sent. As a member of a request it is
 * null when it was not sent, and {@link #NONE} when it was sent to be cleared.
 *
 * @param value null when it is no text
 */
@JsonDeserialize(using = TextReader.class)
public record Text(@JsonValue String value) {

    static final int MAX_CODE_POINTS = 255;
    static final Text NONE = new Text(null);

    /** @throws ApiException (1001) when the text is too long or cannot be stored */
    static Text of(String value, int maxCodePoints) {
        if (value.codePointCount(0, value.length()) > maxCodePoints) {
            throw new ApiException(Problem.TEXT_LENGTH, value, maxCodePoints);
        }
        if (!StorableText.is(value)) {
            throw new ApiException(Problem.TEXT_CHARACTERS, value);
        }
        return new Text(value);
    }

    /** What a column holds; null when it holds nothing. */
    static Text ofColumn(Object value) {
        return value == null ? null : new Text((String) value);
    }
}
