package backoffice.cli;

import backoffice.envelope.Status;
import java.util.Set;

/** Ends a command, or is the failure of a request. The message is safe to print on a terminal. */
final class CommandException extends RuntimeException {

    static final long NO_RETRY = -1;
    private static final long serialVersionUID = 1L;

    /** The status of the response, or its HTTP code if it has no envelope; 0 without a response. */
    final int status;

    /** The {@code msg} of the response. */
    final String reason;

    final long retryAfter;

    /** @param retryAfter the least milliseconds before a retry, or {@link #NO_RETRY} when a retry cannot help */
    CommandException(String message, int status, String reason, long retryAfter) {
        super(message);
        this.status = status;
        this.reason = reason;
        this.retryAfter = retryAfter;
    }

    CommandException(String message) {
        this(message, 0, "", NO_RETRY);
    }

    /** Whether the server does not have the list that was asked for. */
    boolean isAbsence() {
        return Set.of(404, 405, Status.NO_SUCH_PATH.number(), Status.NO_SUCH_METHOD.number())
                        .contains(status)
                || status == Status.NO_SUCH_GROUP.number();
    }

    /** Whether the cause is an item that was sent, so that the server can accept the others. */
    boolean isOfItem() {
        boolean malformed = status == Status.MALFORMED.number() || status == Status.BODY_TOO_LARGE.number();
        return malformed || status >= Status.NO_SUCH_GROUP.number() && status <= Status.REFERENCE_TAKEN.number();
    }
}
