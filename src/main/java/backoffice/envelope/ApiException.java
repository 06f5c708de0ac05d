package backoffice.envelope;

import jakarta.ws.rs.WebApplicationException;
import java.util.List;

/**
 * Exception that ends a call with one of the failures of docs/api.md, section 8.1. JAX-RS wraps every exception but a
 * {@link WebApplicationException} that is thrown while a parameter is converted.
 */
public class ApiException extends WebApplicationException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final Status status;
    private final transient Location location;
    private final transient List<Object> arguments;

    /** @param arguments the arguments of the message; none is null */
    public ApiException(Problem problem, Object... arguments) {
        this(problem, problem.status(), Location.BODY, List.of(arguments), null);
    }

    ApiException(Problem problem, Throwable cause) {
        this(problem, problem.status(), Location.BODY, List.of(), cause);
    }

    private ApiException(Problem problem, Status status, Location location, List<Object> arguments, Throwable cause) {
        super(problem + " " + arguments, cause, status.httpCode());
        this.problem = problem;
        this.status = status;
        this.location = location;
        this.arguments = arguments;
    }

    /** Does nothing: the exception becomes a response, so its stack trace is never read. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** The same failure with a location in the body of the request. */
    public ApiException at(Location newLocation) {
        return new ApiException(problem, status, newLocation, arguments, this);
    }

    /** The same failure with another status, for a call that has its own status for this problem. */
    public ApiException as(Status newStatus) {
        return new ApiException(problem, newStatus, location, arguments, this);
    }

    public Problem problem() {
        return problem;
    }

    public Status status() {
        return status;
    }

    public Location location() {
        return location;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
