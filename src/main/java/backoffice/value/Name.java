package backoffice.value;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The name of a group or a customer, kept exactly as it was sent (contract, section 3).
 *
 * @param value 1…255 Unicode code points, not blank, without control characters and lone surrogates, neither {@code .}
 *     nor {@code ..}
 */
public record Name(@JsonValue String value) {

    static final int MAX_CODE_POINTS = 255;

    /** @throws ApiException when it is not a legal name */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Name {
        int length = 0;
        boolean blank = true;
        boolean refused = false;
        // One pass, since each name of a page that is read comes this way too.
        for (int i = 0, c; i < value.length(); i += Character.charCount(c)) {
            c = value.codePointAt(i);
            length++;
            blank = blank && isWhiteSpace(c);
            refused = refused || isRefused(c);
        }
        if (blank) {
            throw new ApiException(Problem.NAME_BLANK, value);
        }
        if (length > MAX_CODE_POINTS) {
            throw new ApiException(Problem.NAME_LENGTH, length, MAX_CODE_POINTS, value);
        }
        if (refused) {
            throw new ApiException(Problem.NAME_CHARACTERS, value);
        }
        if (value.equals(".") || value.equals("..")) {
            throw new ApiException(Problem.NAME_DOTS, value);
        }
    }

    /** How a path segment becomes a name. */
    public static Name fromString(String segment) {
        return new Name(segment);
    }

    /** Unicode's White_Space: separators, and those of the control characters that are white space. */
    private static boolean isWhiteSpace(int codePoint) {
        return Character.isSpaceChar(codePoint) || (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85;
    }

    private static boolean isRefused(int codePoint) {
        return codePoint < ' '
                || codePoint == 0x7F
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    // A native executable interprets the equals and hashCode that a record has by itself, which takes microseconds
    // each.

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
