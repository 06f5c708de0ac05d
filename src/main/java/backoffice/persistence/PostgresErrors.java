package backoffice.persistence;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a failure that came up from PostgreSQL means, by SQLSTATE and constraint. */
public final class PostgresErrors {

    private static final int MAX_DEPTH = 20;
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final Set<String> GIVEN_UP = Set.of(SERIALIZATION_FAILURE, DEADLOCK_DETECTED);

    /**
     * Connection exceptions, refused authorization, what was given up for others once too often, insufficient resources,
     * operator intervention, errors of the system around PostgreSQL.
     */
    private static final Set<String> CLASSES_OF_UNAVAILABILITY = Set.of("08", "28", "40", "53", "57", "58");

    /** Of a standby, which a failover may leave a connection with. */
    private static final String READ_ONLY = "25006";

    private PostgresErrors() {}

    /** Whether a failure is the violation of that constraint. */
    public static Predicate<Throwable> violates(String constraint) {
        return failure -> failure instanceof PgException report && constraint.equals(report.getConstraint());
    }

    /** Whether PostgreSQL gave a transaction up for another one, so that the same one may succeed when it is run again. */
    static boolean isGivenUp(Throwable failure) {
        return state(failure).filter(GIVEN_UP::contains).isPresent();
    }

    /** Whether another transaction got in the way, be it with a row that was not there when this one looked. */
    static boolean isConflict(Throwable failure) {
        return isGivenUp(failure)
                || state(failure).filter(UNIQUE_VIOLATION::equals).isPresent();
    }

    /** Whether the database could not be reached, or could not take the statement. */
    static boolean isUnavailability(Throwable failure) {
        return state(failure)
                .map(state -> READ_ONLY.equals(state) || CLASSES_OF_UNAVAILABILITY.contains(state.substring(0, 2)))
                .orElseGet(() -> causes(failure).anyMatch(PostgresErrors::isOfConnection));
    }

    /** What went wrong, for whoever runs the service: never for its clients, since it may name hosts and tables. */
    static String reason(Throwable failure) {
        return failure instanceof PgException report
                ? report.getMessage()
                : causes(failure)
                        .reduce((outer, inner) -> inner)
                        .orElse(failure)
                        .toString();
    }

    private static boolean isOfConnection(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof VertxException
                || isNoException(cause);
    }

    /** Vert.x reports a connection that was closed, or never opened, by a class of its own that is no exception. */
    private static boolean isNoException(Throwable cause) {
        return !(cause instanceof Exception || cause instanceof Error);
    }

    /** The SQLSTATE in PostgreSQL's report, which may be as Hibernate Reactive passes it on. */
    private static Optional<String> state(Throwable failure) {
        return causes(failure)
                .map(cause -> cause instanceof PgException report
                        ? report.getSqlState()
                        : cause instanceof SQLException report ? report.getSQLState() : null)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_DEPTH);
    }
}
