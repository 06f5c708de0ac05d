package backoffice.envelope;

import java.util.List;
import java.util.function.Consumer;

/**
 * The location of a fault in the body of a request.
 *
 * @param text an expression of JavaScript, such as {@code querys[0].name}; empty for the body as a whole
 */
public record Location(String text) {

    /** The body as a whole. */
    public static final Location BODY = new Location("");

    /** Handles each entry of a batch in order. A failure gets the location of its entry. */
    public static <T> void forEachEntry(List<T> batch, Consumer<T> action) {
        BODY.forEachEntryOf(batch, action);
    }

    /** Handles each entry of the array at this location in order. A failure gets the location of its entry. */
    public <T> void forEachEntryOf(List<T> array, Consumer<T> action) {
        for (int i = 0; i < array.size(); i++) {
            try {
                action.accept(array.get(i));
            } catch (ApiException e) {
                throw e.at(entry(i));
            }
        }
    }

    boolean isInSearch() {
        return text.startsWith("querys[") || text.startsWith("sorts[");
    }

    public Location entry(int index) {
        return new Location(text + "[" + index + "]");
    }

    public Location member(String name) {
        return then(new Location(name));
    }

    /** The location of a part of what is at this location. */
    Location then(Location part) {
        boolean isMember = !text.isEmpty() && !part.text.isEmpty() && !part.text.startsWith("[");
        return new Location(text + (isMember ? "." : "") + part.text);
    }
}
