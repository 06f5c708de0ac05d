package backoffice.envelope;

import java.util.List;

/**
 * The JSON envelope of every response of the API (docs/api.md, section 1.3).
 *
 * @param msg null on success
 * @param data null on failure
 */
public record Envelope<T>(int status, String msg, Page<T> data) {

    /** The envelope of a read, with {@code total}. */
    public static <T> Envelope<T> of(Page<T> page) {
        return new Envelope<>(Status.DONE.number(), null, page);
    }

    /** The envelope of a change, without {@code total}. */
    public static <T> Envelope<T> of(List<T> items) {
        return of(new Page<>(null, items));
    }

    static Envelope<Void> failure(Status status, String msg) {
        return new Envelope<>(status.number(), msg, null);
    }
}
