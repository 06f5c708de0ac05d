package backoffice.envelope;

import java.util.stream.Stream;

/** Status of a response, with its number and its HTTP code (docs/api.md, section 8.1). */
public enum Status {
    DONE(0, 200, "the call is done"),
    MALFORMED(1001, 400, "malformed request: JSON, member, paging, name or header"),
    INVALID_SEARCH(1002, 400, "`querys` or `sorts` that the service does not understand"),
    NO_SUCH_PATH(1003, 404, "no such path under the base path"),
    NO_SUCH_METHOD(1004, 405, "the path exists without that method; `Allow` lists the methods that it has"),
    BODY_TOO_LARGE(1005, 413, "body over 1 MiB"),
    NOT_JSON(1006, 415, "body that is not JSON"),
    KEY_MISSING(1101, 401, "`bitkey` missing"),
    KEY_UNKNOWN(1102, 401, "`bitkey` unknown"),
    KEY_READ_ONLY(1103, 403, "`bitkey` may read only"),
    NO_SUCH_GROUP(2001, 404, "no such group"),
    GROUP_EXISTS(2002, 409, "another group has that name"),
    GROUP_NOT_EMPTY(2003, 409, "the group holds customers"),
    NO_SUCH_CUSTOMER(2101, 404, "no such customer"),
    CUSTOMER_EXISTS(2102, 409, "another customer has that name there"),
    REFERENCE_TAKEN(2103, 409, "another customer has that `referenceId`"),
    STILL_RUNNING(3001, 409, "a request with the same idempotency key still runs"),
    IDEMPOTENCY_KEY_REUSED(3002, 422, "the idempotency key was used for another request"),
    CURSOR_EXPIRED(4001, 410, "the changes after the cursor are not kept any more"),
    FAULT(5000, 500, "a fault of the service; its log has more under the correlation id in `msg`"),
    UNAVAILABLE(5001, 503, "the database is out of reach or overloaded; `Retry-After` says when to try again");

    private final int number;
    private final int httpCode;
    private final String meaning;

    Status(int number, int httpCode, String meaning) {
        this.number = number;
        this.httpCode = httpCode;
        this.meaning = meaning;
    }

    /** @throws IllegalArgumentException when no status has that number */
    public static Status of(int number) {
        return Stream.of(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no status " + number));
    }

    public int number() {
        return number;
    }

    public int httpCode() {
        return httpCode;
    }

    /** Whether the cause is the request or its data, and not the bitkey, the service or a cursor (section 1.6). */
    boolean isOfRequest() {
        return this != DONE && compareTo(NOT_JSON) <= 0
                || compareTo(NO_SUCH_GROUP) >= 0 && compareTo(IDEMPOTENCY_KEY_REUSED) <= 0;
    }

    /** When a call gets this status, in Markdown. The OpenAPI document and docs/api.md have it. */
    public String meaning() {
        return meaning;
    }
}
