package backoffice.envelope;

/** Exception that ends a call with status 5001: the service or its database is not available now. */
public class UnavailableException extends ApiException {

    private static final long serialVersionUID = 1L;

    /** @param problem one whose status is {@link Status#UNAVAILABLE} */
    public UnavailableException(Problem problem) {
        super(problem);
    }

    /** @param cause for the log, and for no response */
    public UnavailableException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
