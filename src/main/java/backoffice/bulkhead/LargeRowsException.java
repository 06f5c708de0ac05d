package backoffice.bulkhead;

/** The failure of a statement whose rows are larger than {@link MemoryBudget#room}. It has no stack trace. */
public class LargeRowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    final long bytes;

    /** @param bytes the size of the rows, as PostgreSQL tells it */
    public LargeRowsException(long bytes) {
        super("the rows have " + bytes + " bytes", null, false, false);
        this.bytes = bytes;
    }
}
