package backoffice.cli;

import backoffice.envelope.Status;

/** A source that could not be read; the message is for whoever started the command, and fit for a terminal. */
public class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int NO_SUCH_GROUP = Status.NO_SUCH_GROUP.number();

    /** The status of an answer that had none. */
    static final int NO_STATUS = -1;

    private final int httpCode;
    private final int status;

    /**
     * @param httpCode of the answer
     * @param status of its envelope, or {@link #NO_STATUS}
     */
    SourceException(String message, int httpCode, int status) {
        super(message);
        this.httpCode = httpCode;
        this.status = status;
    }

    SourceException(String message) {
        this(message, 0, NO_STATUS);
    }

    /** Whether the same request may be answered a little later. */
    boolean isPassing() {
        return httpCode == 429 || httpCode >= 500;
    }

    /** Whether the source has no such path or method, where this API has. */
    boolean isOfUnknownPath() {
        return httpCode == 405 || httpCode == 404 && status != NO_SUCH_GROUP;
    }

    /** Whether the group that the path names does not exist. */
    boolean isOfUnknownGroup() {
        return status == NO_SUCH_GROUP;
    }
}
