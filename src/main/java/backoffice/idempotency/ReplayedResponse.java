package backoffice.idempotency;

/** Ends the execution of a change that was done before, with the response that it was answered with then. */
class ReplayedResponse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient byte[] body;

    ReplayedResponse(byte[] body) {
        super("the request was answered before", null, false, false);
        this.body = body;
    }

    /** The bytes of the stored envelope. */
    byte[] body() {
        return body;
    }
}
