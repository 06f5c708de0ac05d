package backoffice.bulkhead;

/** The failure of a statement whose rows are larger than {@link MemoryBudget#room}. It has no stack trace. */
class LargeRowsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The size of the rows, as PostgreSQL tells it. */
    final long bytes;

    LargeRowsException(long bytes) {
        super("the rows have " + bytes + " bytes", null, false, false);
        this.bytes = bytes;
    }
}
