package backoffice.value;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a group or of a customer, stored exactly as sent (docs/api.md, section 3.1). */
public record Name(@JsonValue String value) {

    static final int MAX_CODE_POINTS = 255;

    /**
     * JAX-RS calls this constructor with a path segment.
     *
     * @throws ApiException (1001) when the value is not a legal name
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Name {
        int length = 0;
        boolean blank = true;
        boolean illegal = false;
        // One pass over the string, because each name of a page that is read comes here too.
        for (int i = 0, c; i < value.length(); i += Character.charCount(c)) {
            c = value.codePointAt(i);
            length++;
            blank = blank && isWhiteSpace(c);
            illegal = illegal || isIllegal(c);
        }
        if (blank) {
            throw new ApiException(Problem.NAME_BLANK, value);
        }
        if (length > MAX_CODE_POINTS) {
            throw new ApiException(Problem.NAME_LENGTH, length, MAX_CODE_POINTS, value);
        }
        if (illegal) {
            throw new ApiException(Problem.NAME_CHARACTERS, value);
        }
        if (value.equals(".") || value.equals("..")) {
            throw new ApiException(Problem.NAME_DOTS, value);
        }
    }

    /** Whether Unicode gives a code point the property White_Space, which some control characters have too. */
    private static boolean isWhiteSpace(int codePoint) {
        return Character.isSpaceChar(codePoint) || (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85;
    }

    private static boolean isIllegal(int codePoint) {
        return codePoint < ' '
                || codePoint == 0x7F
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    /** {@code null}, {@code ""} and an absent member all mean "without a group", which is null (docs/api.md, section 3.2). */
    public static class OrNone extends OptionalStringDeserializer<Name> {

        /** Jackson calls this constructor. */
        public OrNone() {
            super(null, Name::new);
        }
    }
}
