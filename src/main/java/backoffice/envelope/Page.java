package backoffice.envelope;

import java.util.List;

/**
 * The member {@code data} of the envelope (docs/api.md, sections 1.3 and 1.5).
 *
 * @param total the number of items of all pages, from the same snapshot as the items; null in the response of a change
 */
public record Page<T>(Long total, List<T> items) {

    /** The page of a read that finds exactly one item. */
    public static <T> Page<T> of(T item) {
        return new Page<>(1L, List.of(item));
    }
}
