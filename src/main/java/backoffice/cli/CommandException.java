package backoffice.cli;

import backoffice.envelope.Status;

/** Ends a command, or is the failure of a request. The message is safe to print on a terminal. */
final class CommandException extends RuntimeException {

    /** The status of a response without an envelope. */
    static final int NO_STATUS = -1;

    static final long NO_RETRY = -1;
    private static final long serialVersionUID = 1L;

    final int httpCode;
    final int status;
    final long retryAfter;

    /** The {@code msg} of the response, without the entry of a batch, such as {@code [2].}, with which it can start. */
    final String reason;

    /** @param retryAfter the least milliseconds before a retry, or {@link #NO_RETRY} when a retry cannot help */
    CommandException(String message, int httpCode, int status, String msg, long retryAfter) {
        super(message);
        this.httpCode = httpCode;
        this.status = status;
        this.retryAfter = retryAfter;
        this.reason = msg.replaceFirst("^\\[\\d+][.:] ?", "");
    }

    CommandException(String message) {
        this(message, 0, NO_STATUS, "", NO_RETRY);
    }

    boolean isUnknownPath() {
        boolean unknown = status == Status.NO_SUCH_PATH.number() || status == Status.NO_SUCH_METHOD.number();
        return unknown || status == NO_STATUS && (httpCode == 404 || httpCode == 405);
    }

    /** Whether the cause is an item that was sent, so that the server can accept the others. */
    boolean isOfItem() {
        boolean malformed = status == Status.MALFORMED.number() || status == Status.BODY_TOO_LARGE.number();
        return malformed || status >= Status.NO_SUCH_GROUP.number() && status <= Status.REFERENCE_TAKEN.number();
    }
}
