package backoffice.envelope;

/** Exception that ends a call with status 5001: the service or its database is not available now. */
public class UnavailableException extends ApiException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the failure of a problem.
     *
     * @param problem a problem whose status is {@link Status#UNAVAILABLE}
     */
    public UnavailableException(Problem problem) {
        super(problem);
    }

    /**
     * Creates the failure of a problem with its cause, which is for the log and no response.
     *
     * @param problem as above
     */
    public UnavailableException(Problem problem, Throwable cause) {
        super(problem, cause);
    }
}
