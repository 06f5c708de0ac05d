package backoffice.envelope;

/** A call that the service or its database cannot take now: status 5001. */
public class UnavailableException extends ApiException {

    private static final long serialVersionUID = 1L;

    /** @param problem one with {@link Status#UNAVAILABLE} */
    public UnavailableException(Problem problem) {
        super(problem);
    }
}
