package backoffice.cli;

import backoffice.envelope.Status;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ends a command, or is the failure of a request. The message is safe to print on a terminal. */
final class CommandException extends RuntimeException {

    /** The status of a response without an envelope. */
    static final int NO_STATUS = -1;

    static final long NO_RETRY = -1;
    private static final long serialVersionUID = 1L;

    /** The entry of a batch with which {@code msg} starts, such as {@code [2].name} (docs/api.md, section 1.4). */
    private static final Pattern ENTRY = Pattern.compile("\\[(\\d{1,3})][.:] ?(.*)", Pattern.DOTALL);

    final int httpCode;
    final int status;
    final long retryAfter;

    /** The index of the entry that the server refuses; larger than any batch when it does not tell. */
    final int entry;

    final String reason;

    /**
     * @param msg that of the response
     * @param retryAfter the least milliseconds before a retry, or {@link #NO_RETRY} when a retry cannot help
     */
    CommandException(String message, int httpCode, int status, String msg, long retryAfter) {
        super(message);
        this.httpCode = httpCode;
        this.status = status;
        this.retryAfter = retryAfter;
        Matcher place = ENTRY.matcher(msg);
        this.entry = place.matches() ? Integer.parseInt(place.group(1)) : Integer.MAX_VALUE;
        this.reason = place.matches() ? place.group(2) : msg;
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
