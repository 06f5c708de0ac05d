package backoffice.envelope;

/** Every way in which a call can fail, with its status; its sentence stands under its name in {@code messages*.properties}. */
public enum Problem {
    /** Line and column. */
    MALFORMED_JSON(Status.MALFORMED),
    /** The deepest nesting that is accepted. */
    EXCESSIVE_JSON(Status.MALFORMED),
    MALFORMED_UTF8(Status.MALFORMED),
    /** The member. */
    DUPLICATE_MEMBER(Status.MALFORMED),
    TRAILING_GARBAGE(Status.MALFORMED),
    BODY_MISSING(Status.MALFORMED),
    /** The member, the list of the accepted members. */
    UNKNOWN_MEMBER(Status.MALFORMED),
    /** The member. */
    MEMBER_MISSING(Status.MALFORMED),
    /** The value. */
    NOT_A_STRING(Status.MALFORMED),
    /** The value. */
    NOT_AN_ARRAY(Status.MALFORMED),
    /** The value. */
    NOT_AN_OBJECT(Status.MALFORMED),
    /** The number of entries, the most that is accepted. */
    BATCH_SIZE(Status.MALFORMED),
    /** The number of code points, the most that is accepted, the name. */
    NAME_LENGTH(Status.MALFORMED),
    /** The name. */
    NAME_BLANK(Status.MALFORMED),
    /** The name. */
    NAME_CHARACTERS(Status.MALFORMED),
    /** The name. */
    NAME_DOTS(Status.MALFORMED),
    /** The group that an entry names, the group in the path. */
    OTHER_GROUP(Status.MALFORMED),
    /** The text, the most code points that are accepted. */
    TEXT_LENGTH(Status.MALFORMED),
    /** The text. */
    TEXT_CHARACTERS(Status.MALFORMED),
    /** The value. */
    NOT_A_REG_DATE(Status.MALFORMED),
    REG_DATE_CLEARED(Status.MALFORMED),
    /** The customer. */
    ENTRY_TWICE(Status.MALFORMED),
    /** The parameter, its value, the least and the most that is accepted. */
    PAGING_RANGE(Status.MALFORMED),
    /** The parameter. */
    PAGING_TWICE(Status.MALFORMED),
    /** The path. */
    MALFORMED_PATH(Status.MALFORMED),
    /** What else HTTP allows and this service does not. */
    MALFORMED_REQUEST(Status.MALFORMED),
    /** The header's value. */
    MALFORMED_REQUEST_ID(Status.MALFORMED),
    /** The path. */
    NO_SUCH_PATH(Status.NO_SUCH_PATH),
    /** The method, the list of the accepted methods. */
    NO_SUCH_METHOD(Status.NO_SUCH_METHOD),
    /** The most bytes that are accepted. */
    BODY_TOO_LARGE(Status.BODY_TOO_LARGE),
    /** The content type. */
    NOT_JSON(Status.NOT_JSON),
    KEY_MISSING(Status.KEY_MISSING),
    KEY_UNKNOWN(Status.KEY_UNKNOWN),
    /** The group. */
    NO_SUCH_GROUP(Status.NO_SUCH_GROUP),
    /** The group. */
    GROUP_EXISTS(Status.GROUP_EXISTS),
    /** The group. */
    GROUP_NOT_EMPTY(Status.GROUP_NOT_EMPTY),
    /** The customer, the group. */
    NO_SUCH_CUSTOMER(Status.NO_SUCH_CUSTOMER),
    /** The customer. */
    NO_SUCH_UNGROUPED_CUSTOMER(Status.NO_SUCH_CUSTOMER),
    /** The customer, the group. */
    CUSTOMER_EXISTS(Status.CUSTOMER_EXISTS),
    /** The customer. */
    UNGROUPED_CUSTOMER_EXISTS(Status.CUSTOMER_EXISTS),
    /** The customer. */
    CUSTOMER_TWICE(Status.CUSTOMER_EXISTS),
    /** The referenceId, the customer that has it. */
    REFERENCE_TAKEN(Status.REFERENCE_TAKEN),
    /** The request id. */
    STILL_RUNNING(Status.STILL_RUNNING),
    /** The request id. */
    REQUEST_ID_REUSED(Status.REQUEST_ID_REUSED),
    /** The correlation id. */
    FAULT(Status.FAULT),
    DATABASE_UNAVAILABLE(Status.UNAVAILABLE),
    OVERLOADED(Status.UNAVAILABLE),
    UPSTREAM_UNAVAILABLE(Status.UNAVAILABLE);

    private final Status status;

    Problem(Status status) {
        this.status = status;
    }

    public Status status() {
        return status;
    }
}
