package backoffice.envelope;

import jakarta.ws.rs.WebApplicationException;
import java.util.List;

/**
 * A call that fails in a way the contract knows; the client is told which. A {@link WebApplicationException}, because
 * JAX-RS wraps every other exception that the conversion of a parameter throws.
 */
public class ApiException extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final Status status;
    private final String location;
    private final transient List<Object> arguments;

    /** @param arguments what the problem's sentence speaks of, as {@link Problem} lists it; never null */
    public ApiException(Problem problem, Object... arguments) {
        this(problem, problem.status(), "", List.of(arguments), null);
    }

    private ApiException(Problem problem, Status status, String location, List<Object> arguments, Throwable cause) {
        super(problem + " " + arguments, cause, status.httpCode());
        this.problem = problem;
        this.status = status;
        this.location = location;
        this.arguments = arguments;
    }

    /** An answer, and no fault: nobody reads where it came up. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The same problem, found at a place of the request's body such as {@code [2].name}. */
    public ApiException at(String place) {
        return new ApiException(problem, status, place, arguments, this);
    }

    /** The same problem, where the call answers another status for it. */
    public ApiException as(Status other) {
        return new ApiException(problem, other, location, arguments, this);
    }

    public Problem problem() {
        return problem;
    }

    /** The problem's own status, unless the call answers another. */
    public Status status() {
        return status;
    }

    /** The place in the request's body, empty when there is none to name. */
    public String location() {
        return location;
    }

    /** What the problem's sentence speaks of. */
    public List<Object> arguments() {
        return arguments;
    }
}
