package backoffice.envelope;

import java.util.List;

/** Exception that ends a call with one of the failures of docs/api.md, section 8.1. It has no stack trace. */
public class ApiException extends RuntimeException {

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
        super(problem + " " + arguments, cause, false, false);
        this.problem = problem;
        this.status = status;
        this.location = location;
        this.arguments = arguments;
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
