package backoffice.envelope;

import java.util.stream.Stream;

/** The status codes of an answer (contract, section 8). */
public enum Status {
    DONE(0, 200, "done"),
    MALFORMED(1001, 400, "malformed request: JSON, member, paging, name or header"),
    INVALID_SEARCH(1002, 400, "`querys` or `sorts` that cannot be understood"),
    NO_SUCH_PATH(1003, 404, "no such path"),
    NO_SUCH_METHOD(1004, 405, "the path exists, the method does not; `Allow` names those that do"),
    BODY_TOO_LARGE(1005, 413, "body over 1 MiB"),
    NOT_JSON(1006, 415, "body that is not JSON"),
    KEY_MISSING(1101, 401, "`bitkey` missing"),
    KEY_UNKNOWN(1102, 401, "`bitkey` unknown"),
    NO_SUCH_GROUP(2001, 404, "no such group"),
    GROUP_EXISTS(2002, 409, "another group has that name"),
    GROUP_NOT_EMPTY(2003, 409, "the group holds customers"),
    NO_SUCH_CUSTOMER(2101, 404, "no such customer"),
    CUSTOMER_EXISTS(2102, 409, "another customer has that name there"),
    REFERENCE_TAKEN(2103, 409, "another customer has that `referenceId`"),
    STILL_RUNNING(3001, 409, "the same request id is still under way"),
    REQUEST_ID_REUSED(3002, 422, "the request id was used for another request"),
    FAULT(5000, 500, "a fault of the service; its log tells more under the id in `msg`"),
    UNAVAILABLE(5001, 503, "the database is out of reach or overloaded; `Retry-After` tells when to try again");

    private final int number;
    private final int httpCode;
    private final String meaning;

    Status(int number, int httpCode, String meaning) {
        this.number = number;
        this.httpCode = httpCode;
        this.meaning = meaning;
    }

    /** The status of that number; there must be one. */
    public static Status of(int number) {
        return Stream.of(values())
                .filter(status -> status.number == number)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no status " + number));
    }

    /** What the envelope carries. */
    public int number() {
        return number;
    }

    /** The HTTP status code that goes with it. */
    public int httpCode() {
        return httpCode;
    }

    /** Whether the request or its data is at fault, and neither who calls nor the service. */
    boolean isOfRequest() {
        return httpCode >= MALFORMED.httpCode && httpCode < FAULT.httpCode && httpCode != KEY_UNKNOWN.httpCode;
    }

    /** When it is answered, in Markdown; the OpenAPI document says it. */
    public String meaning() {
        return meaning;
    }
}
