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
        for (int i = 0; i < batch.size(); i++) {
            try {
                action.accept(batch.get(i));
            } catch (ApiException e) {
                throw e.at(BODY.entry(i));
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
        return new Location(text.isEmpty() ? name : text + "." + name);
    }
}
