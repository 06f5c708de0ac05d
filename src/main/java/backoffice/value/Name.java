package backoffice.value;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a group or of a customer, stored exactly as sent (docs/api.md, section 3.1). */
public final class Name {

    static final int MAX_CODE_POINTS = 255;

    private final String value;

    /**
     * The name in a request. JAX-RS calls this constructor with a path segment.
     *
     * @throws ApiException (1001) when the value is not a legal name
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Name(String value) {
        this(value, true);
    }

    private Name(String value, boolean judged) {
        if (judged) {
            requireLegal(value);
        }
        this.value = value;
    }

    /** The name in a row of the database, as it is. SQL by hand may have written one that no client can send. */
    public static Name stored(String value) {
        return new Name(value, false);
    }

    private static void requireLegal(String value) {
        int length = 0;
        boolean blank = true;
        boolean illegal = false;
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

    @JsonValue
    public String value() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && value.equals(name.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
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

    /** An object in the body of a request whose member {@code name} is required. */
    public interface Required {

        /** The member {@code name}; null only until the reader of bodies has checked it. */
        Name name();
    }

    /** {@code null}, {@code ""} and an absent member all mean "without a group", which is null (docs/api.md, section 3.2). */
    public static class OrNone extends OptionalStringDeserializer<Name> {

        /** Jackson calls this constructor. */
        public OrNone() {
            super(null, Name::new);
        }
    }
}
