package backoffice.envelope;

import java.util.List;

/**
 * The data of an answer.
 *
 * @param <T> what the items are
 * @param total how many items there are in all, of the same snapshot as the items; null where the call does not count
 * @param items the items of this page
 */
public record Page<T>(Long total, List<T> items) {

    /** The page of a read that finds exactly one. */
    public static <T> Page<T> of(T item) {
        return new Page<>(1L, List.of(item));
    }
}
