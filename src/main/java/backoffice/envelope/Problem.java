package backoffice.envelope;

/**
 * Cause of a failed call, with its status (docs/api.md, section 8.1). The message of each cause is in
 * {@code messages*.properties}.
 *
 * <p>The comment of a constant lists the arguments of its message in order. A message without arguments has no comment.
 */
public enum Problem {
    /** Arguments: the line, the column. */
    MALFORMED_JSON(Status.MALFORMED),
    /** Arguments: the largest accepted number of levels. */
    EXCESSIVE_JSON(Status.MALFORMED),
    MALFORMED_UTF8(Status.MALFORMED),
    /** Arguments: the name of the member. */
    DUPLICATE_MEMBER(Status.MALFORMED),
    TRAILING_GARBAGE(Status.MALFORMED),
    BODY_MISSING(Status.MALFORMED),
    /** Arguments: the name of the member, the list of the accepted names. */
    UNKNOWN_MEMBER(Status.MALFORMED),
    /** Arguments: the name of the member. */
    MEMBER_MISSING(Status.MALFORMED),
    /** Arguments: the value. */
    NOT_A_STRING(Status.MALFORMED),
    /** Arguments: the value. */
    NOT_AN_ARRAY(Status.MALFORMED),
    /** Arguments: the value. */
    NOT_AN_OBJECT(Status.MALFORMED),
    /** Arguments: the number of entries, the largest accepted number. */
    BATCH_SIZE(Status.MALFORMED),
    /** Arguments: the number of code points, the largest accepted number, the name. */
    NAME_LENGTH(Status.MALFORMED),
    /** Arguments: the name. */
    NAME_BLANK(Status.MALFORMED),
    /** Arguments: the name. */
    NAME_CHARACTERS(Status.MALFORMED),
    /** Arguments: the name. */
    NAME_DOTS(Status.MALFORMED),
    /** Arguments: the group of the entry, the group in the path. */
    OTHER_GROUP(Status.MALFORMED),
    /** Arguments: the text, the largest accepted number of code points. */
    TEXT_LENGTH(Status.MALFORMED),
    /** Arguments: the text. */
    TEXT_CHARACTERS(Status.MALFORMED),
    /** Arguments: the value. */
    NOT_A_REG_DATE(Status.MALFORMED),
    REG_DATE_CLEARED(Status.MALFORMED),
    /** Arguments: the name of the customer. */
    ENTRY_TWICE(Status.MALFORMED),
    /** Arguments: the name of the parameter, its value, the smallest accepted value, the largest accepted value. */
    PAGING_RANGE(Status.MALFORMED),
    /** Arguments: the name of the parameter. */
    PAGING_TWICE(Status.MALFORMED),
    /** Arguments: the cursor. */
    MALFORMED_CURSOR(Status.MALFORMED),
    /** Arguments: the path. */
    MALFORMED_PATH(Status.MALFORMED),
    MALFORMED_REQUEST(Status.MALFORMED),
    /** Arguments: the value of the header. */
    MALFORMED_IDEMPOTENCY_KEY(Status.MALFORMED),
    /** Arguments: the path. */
    NO_SUCH_PATH(Status.NO_SUCH_PATH),
    /** Arguments: the method, the list of the accepted methods. */
    NO_SUCH_METHOD(Status.NO_SUCH_METHOD),
    /** Arguments: the largest accepted number of bytes. */
    BODY_TOO_LARGE(Status.BODY_TOO_LARGE),
    /** Arguments: the content type. */
    NOT_JSON(Status.NOT_JSON),
    KEY_MISSING(Status.KEY_MISSING),
    KEY_UNKNOWN(Status.KEY_UNKNOWN),
    KEY_MISTYPED(Status.KEY_UNKNOWN),
    KEY_READ_ONLY(Status.KEY_READ_ONLY),
    /** Arguments: the name of the group. */
    NO_SUCH_GROUP(Status.NO_SUCH_GROUP),
    /** Arguments: the name of the group. */
    GROUP_EXISTS(Status.GROUP_EXISTS),
    /** Arguments: the name of the group. */
    GROUP_NOT_EMPTY(Status.GROUP_NOT_EMPTY),
    /** Arguments: the name of the customer, the name of the group. */
    NO_SUCH_CUSTOMER(Status.NO_SUCH_CUSTOMER),
    /** Arguments: the name of the customer. */
    NO_SUCH_UNGROUPED_CUSTOMER(Status.NO_SUCH_CUSTOMER),
    /** Arguments: the name of the customer, the name of the group. */
    CUSTOMER_EXISTS(Status.CUSTOMER_EXISTS),
    /** Arguments: the name of the customer. */
    UNGROUPED_CUSTOMER_EXISTS(Status.CUSTOMER_EXISTS),
    /** Arguments: the name of the customer. */
    CUSTOMER_TWICE(Status.CUSTOMER_EXISTS),
    /** Arguments: the {@code referenceId}, the name of the customer that has it. */
    REFERENCE_TAKEN(Status.REFERENCE_TAKEN),
    /** Arguments: the idempotency key. */
    STILL_RUNNING(Status.STILL_RUNNING),
    /** Arguments: the idempotency key. */
    IDEMPOTENCY_KEY_REUSED(Status.IDEMPOTENCY_KEY_REUSED),
    /** Arguments: the cursor. */
    CURSOR_EXPIRED(Status.CURSOR_EXPIRED),
    /** Arguments: the correlation id. */
    FAULT(Status.FAULT),
    DATABASE_UNAVAILABLE(Status.UNAVAILABLE),
    KEY_UNCHECKED(Status.UNAVAILABLE),
    OVERLOADED(Status.UNAVAILABLE);

    private final Status status;

    Problem(Status status) {
        this.status = status;
    }

    /** The status of a call that fails with this problem. */
    public Status status() {
        return status;
    }
}
