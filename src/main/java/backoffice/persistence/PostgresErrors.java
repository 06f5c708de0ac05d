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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Classifies failures of PostgreSQL by SQLSTATE and constraint. */
public final class PostgresErrors {

    private static final int MAX_CAUSES = 20;
    private static final String INTEGRITY_VIOLATION_CLASS = "23";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String SERIALIZATION_FAILURE = "40001";
    private static final String DEADLOCK_DETECTED = "40P01";
    private static final Set<String> ROLLED_BACK_FOR_OTHERS = Set.of(SERIALIZATION_FAILURE, DEADLOCK_DETECTED);

    /**
     * The SQLSTATE classes of an unavailable database: connection exception, invalid authorization, transaction
     * rollback (after the last retry), insufficient resources, operator intervention, system error.
     */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "28", "40", "53", "57", "58");

    private static final String READ_ONLY_TRANSACTION = "25006";

    private PostgresErrors() {}

    /**
     * Whether a failure is the violation of the constraint with this name. A Citus cluster adds the number of a shard
     * to the name, and sends it only within the message. The name is the same there in each language.
     */
    public static Predicate<Throwable> violates(String constraint) {
        Pattern onShard = Pattern.compile("\\b" + Pattern.quote(constraint) + "_\\d+\\b");
        return failure -> failure instanceof PgException error
                && (constraint.equals(error.getConstraint())
                        || String.valueOf(error.getSqlState()).startsWith(INTEGRITY_VIOLATION_CLASS)
                                && onShard.matcher(error.getErrorMessage()).find());
    }

    /**
     * Whether PostgreSQL rolled a transaction back because of another one: a serialization failure or a deadlock. A
     * retry of the transaction can succeed.
     */
    static boolean isSerializationFailureOrDeadlock(Throwable failure) {
        return sqlState(failure).filter(ROLLED_BACK_FOR_OTHERS::contains).isPresent();
    }

    /**
     * Whether a transaction may have conflicted with another one: a serialization failure, a deadlock, or the violation
     * of a unique constraint, since another transaction may have written the row in the meantime. See docs/adr/0009.
     */
    static boolean isConflict(Throwable failure) {
        return isSerializationFailureOrDeadlock(failure)
                || sqlState(failure).filter(UNIQUE_VIOLATION::equals).isPresent();
    }

    /**
     * Whether a change met a server that takes none. After a failover, connections can lead to a server that is a
     * standby now. The change has had no effect.
     */
    static boolean isOnStandby(Throwable failure) {
        return sqlState(failure).filter(READ_ONLY_TRANSACTION::equals).isPresent();
    }

    /** Whether the database is out of reach, or was not able to execute the statement. The call gets status 5001. */
    static boolean isUnavailability(Throwable failure) {
        return sqlState(failure)
                .map(state ->
                        READ_ONLY_TRANSACTION.equals(state) || UNAVAILABLE_CLASSES.contains(state.substring(0, 2)))
                .orElseGet(() -> causes(failure).anyMatch(PostgresErrors::isConnectionFailure));
    }

    /** The reason for operators. It may name hosts and tables, so it must not be sent to clients. */
    static String reason(Throwable failure) {
        return failure instanceof PgException error
                ? error.getMessage()
                : causes(failure)
                        .reduce((outer, inner) -> inner)
                        .orElse(failure)
                        .toString();
    }

    private static boolean isConnectionFailure(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof VertxException
                || isVertxThrowable(cause);
    }

    /** Vert.x reports a connection that is closed or was never opened with a throwable that is no exception. */
    private static boolean isVertxThrowable(Throwable cause) {
        return !(cause instanceof Exception || cause instanceof Error);
    }

    /** The SQLSTATE, from the exception of the client or from the one that Hibernate Reactive makes of it. */
    private static Optional<String> sqlState(Throwable failure) {
        return causes(failure)
                .map(cause -> cause instanceof PgException error
                        ? error.getSqlState()
                        : cause instanceof SQLException error ? error.getSQLState() : null)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }
}
