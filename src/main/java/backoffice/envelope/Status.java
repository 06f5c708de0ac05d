package backoffice.envelope;

/** Status of a response, with its number and its HTTP code (docs/api.md, section 8.1). */
public enum Status {
    DONE(0, 200),
    MALFORMED(1001, 400),
    INVALID_SEARCH(1002, 400),
    NO_SUCH_PATH(1003, 404),
    NO_SUCH_METHOD(1004, 405),
    BODY_TOO_LARGE(1005, 413),
    NOT_JSON(1006, 415),
    KEY_MISSING(1101, 401),
    KEY_UNKNOWN(1102, 401),
    KEY_READ_ONLY(1103, 403),
    NO_SUCH_GROUP(2001, 404),
    GROUP_EXISTS(2002, 409),
    GROUP_NOT_EMPTY(2003, 409),
    NO_SUCH_CUSTOMER(2101, 404),
    CUSTOMER_EXISTS(2102, 409),
    REFERENCE_TAKEN(2103, 409),
    STILL_RUNNING(3001, 409),
    IDEMPOTENCY_KEY_REUSED(3002, 422),
    FAULT(5000, 500),
    UNAVAILABLE(5001, 503);

    private final int number;
    private final int httpCode;

    Status(int number, int httpCode) {
        this.number = number;
        this.httpCode = httpCode;
    }

    public int number() {
        return number;
    }

    public int httpCode() {
        return httpCode;
    }

    /** Whether the cause is the request or its data, and not the bitkey or the service (section 1.6). */
    public boolean isOfRequest() {
        return this != DONE && compareTo(NOT_JSON) <= 0
                || compareTo(NO_SUCH_GROUP) >= 0 && compareTo(IDEMPOTENCY_KEY_REUSED) <= 0;
    }
}
