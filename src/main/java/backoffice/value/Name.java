package backoffice.value;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name of a group or a customer, kept exactly as it was sent (contract, section 3).
 *
 * @param value 1…255 Unicode code points, not blank, without control characters and lone surrogates, neither {@code .}
 *     nor {@code ..}
 */
public record Name(@JsonValue String value) {

    static final int MAX_CODE_POINTS = 255;
    private static final Pattern BLANK = Pattern.compile("\\p{IsWhite_Space}*");

    /** @throws ApiException when it is not a legal name */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Name {
        if (BLANK.matcher(value).matches()) {
            throw new ApiException(Problem.NAME_BLANK, value);
        }
        int length = value.codePointCount(0, value.length());
        if (length > MAX_CODE_POINTS) {
            throw new ApiException(Problem.NAME_LENGTH, length, MAX_CODE_POINTS, value);
        }
        if (value.codePoints().anyMatch(Name::isRefused)) {
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

    private static boolean isRefused(int codePoint) {
        return codePoint < ' '
                || codePoint == 0x7F
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
    }

    @Override
    public String toString() {
        return value;
    }
}
