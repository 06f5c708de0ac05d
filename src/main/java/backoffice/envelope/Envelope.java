package backoffice.envelope;

import java.util.List;

/**
 * What every call answers (contract, section 1).
 *
 * @param <T> what the items are
 * @param status the number of a {@link Status}
 * @param msg what was wrong; null on success
 * @param data the answer; null on failure
 */
public record Envelope<T>(int status, String msg, Page<T> data) {

    /** The answer of a read. */
    public static <T> Envelope<T> of(Page<T> page) {
        return new Envelope<>(Status.DONE.number(), null, page);
    }

    /** The answer of a write: what it wrote, without a total. */
    public static <T> Envelope<T> of(List<T> items) {
        return of(new Page<>(null, items));
    }

    static Envelope<Void> failure(Status status, String msg) {
        return new Envelope<>(status.number(), msg, null);
    }
}
