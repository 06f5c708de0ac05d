package backoffice.cli;

import backoffice.envelope.Status;

/**
 * Thrown when a source is not readable, or the command is stopped. The message is for the user of the command; it is
 * safe to print on a terminal.
 */
public class SourceException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int NO_SUCH_GROUP = Status.NO_SUCH_GROUP.number();

    /** The status of a response without an envelope. */
    static final int NO_STATUS = -1;

    private final int httpCode;
    private final int status;

    /**
     * Creates the exception of a response.
     *
     * @param httpCode the HTTP code of the response
     * @param status the status of its envelope, or {@link #NO_STATUS}
     */
    SourceException(String message, int httpCode, int status) {
        super(message);
        this.httpCode = httpCode;
        this.status = status;
    }

    /** Creates an exception that does not come from a response. */
    SourceException(String message) {
        this(message, 0, NO_STATUS);
    }

    /** Whether a retry of the request can succeed: HTTP 429 and 5xx. */
    boolean isTransient() {
        return httpCode == 429 || httpCode >= 500;
    }

    /** Whether the source does not have the path or the method. */
    boolean isUnknownPath() {
        return httpCode == 405 || httpCode == 404 && status != NO_SUCH_GROUP;
    }

    /** Whether the source does not have the group in the path (status 2001). */
    boolean isUnknownGroup() {
        return status == NO_SUCH_GROUP;
    }
}
