package backoffice.envelope;

import java.util.List;

/** Exception that ends a call with one of the failures of docs/api.md, section 8.1. It has no stack trace. */
public class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Problem problem;
    private final transient Location location;
    private final transient List<Object> arguments;

    /** @param arguments the arguments of the message; none is null */
    public ApiException(Problem problem, Object... arguments) {
        this(problem, Location.BODY, List.of(arguments), null);
    }

    /** @param cause for the log, and for no response */
    public ApiException(Problem problem, Throwable cause) {
        this(problem, Location.BODY, List.of(), cause);
    }

    private ApiException(Problem problem, Location location, List<Object> arguments, Throwable cause) {
        super(null, cause, false, false);
        this.problem = problem;
        this.location = location;
        this.arguments = arguments;
    }

    /** The same failure within what is at a location in the body of the request. */
    public ApiException at(Location whole) {
        return new ApiException(problem, whole.then(location), arguments, this);
    }

    /** For logs. An argument can be as long as a body. */
    @Override
    public String getMessage() {
        return problem + " "
                + arguments.stream()
                        .map(argument -> Excerpt.of(argument.toString()))
                        .toList();
    }

    public Problem problem() {
        return problem;
    }

    /** The status of the problem, or 1002 inside {@code querys} and {@code sorts} (docs/api.md, section 6.1). */
    public Status status() {
        return location.isInSearch() ? Status.INVALID_SEARCH : problem.status();
    }

    public Location location() {
        return location;
    }

    public List<Object> arguments() {
        return arguments;
    }
}
