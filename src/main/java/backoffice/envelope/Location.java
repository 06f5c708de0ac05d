package backoffice.envelope;

/**
 * The location of a fault in the body of a request.
 *
 * @param text an expression of JavaScript, such as {@code querys[0].name}; empty for the body as a whole
 * @param isInArray whether an array holds the faulty value, at any depth
 */
public record Location(String text, boolean isInArray) {

    /** The body as a whole. */
    public static final Location BODY = new Location("", false);

    public static Location entryOfBatch(int index) {
        return BODY.entry(index);
    }

    public Location entry(int index) {
        return new Location(text + "[" + index + "]", true);
    }

    public Location member(String name) {
        return new Location(text.isEmpty() ? name : text + "." + name, isInArray);
    }
}
