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
import org.hibernate.StaleStateException;

/** Classifies failures of PostgreSQL by SQLSTATE and constraint. */
public final class PostgresErrors {

    private static final int MAX_CAUSES = 20;
    private static final String INTEGRITY_VIOLATION_CLASS = "23";
    private static final String INTERNAL_ERROR = "XX000";
    private static final Set<String> CONSTRAINT_VIOLATIONS = Set.of("23503", "23505");
    private static final Set<String> SERIALIZATION_FAILURE_OR_DEADLOCK = Set.of("40001", "40P01");

    /** Connection, authorization, rollback (after the last retry), resources, operator intervention, system error. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "28", "40", "53", "57", "58");

    private static final String NO_ENTRY_IN_PG_HBA = "28000";
    private static final String READ_ONLY_TRANSACTION = "25006";

    private PostgresErrors() {}

    /** The name of the constraint is in the message, in each language. A Citus cluster adds the number of a shard. */
    public static Predicate<Throwable> violates(String constraint) {
        String name = "\\b" + Pattern.quote(constraint) + "(_\\d+)?\\b";
        return failure -> databaseFailure(failure)
                .filter(error -> error.state().startsWith(INTEGRITY_VIOLATION_CLASS)
                        && Pattern.compile(name).matcher(error.message()).find())
                .isPresent();
    }

    /** Whether PostgreSQL rolled a statement back that can succeed when it is repeated, or Citus has moved its shard. */
    static boolean isTransient(Throwable failure) {
        return databaseFailure(failure)
                .filter(error -> SERIALIZATION_FAILURE_OR_DEADLOCK.contains(error.state()) || isOfMovedShard(error))
                .isPresent();
    }

    private static boolean isOfMovedShard(DatabaseFailure error) {
        return INTERNAL_ERROR.equals(error.state()) && error.message().contains(CitusForms.NO_SHARD);
    }

    /** Another transaction may have written or deleted a row of the statement in the meantime. See docs/adr/0009. */
    static boolean isConflict(Throwable failure) {
        return isTransient(failure)
                || failure instanceof StaleStateException
                || sqlState(failure).filter(CONSTRAINT_VIOLATIONS::contains).isPresent();
    }

    /** The failure of a transaction that starts again, because its rows are not as it has read them. See docs/adr/0009. */
    public static RuntimeException conflict(String reason) {
        return new StaleStateException(reason);
    }

    /** Whether the database is out of reach, or was not able to execute the statement (5001). */
    public static boolean isUnavailability(Throwable failure) {
        return databaseFailure(failure)
                .map(error -> READ_ONLY_TRANSACTION.equals(error.state())
                        || UNAVAILABLE_CLASSES.contains(error.state().substring(0, 2))
                        || isOfMovedShard(error))
                .orElseGet(() -> causes(failure).anyMatch(PostgresErrors::isConnectionFailure));
    }

    /** The reason for operators. It may name hosts and tables, so it must not be sent to clients. */
    public static String reason(Throwable failure) {
        return databaseFailure(failure)
                .map(DatabaseFailure::message)
                .orElseGet(() -> causes(failure)
                        .reduce((outer, inner) -> inner)
                        .orElse(failure)
                        .toString());
    }

    /** A sentence about what to set, with a space before it; empty for most failures. */
    static String advice(Throwable failure) {
        return sqlState(failure).filter(NO_ENTRY_IN_PG_HBA::equals).isPresent()
                ? " If PostgreSQL takes encrypted connections only, set BACKOFFICE_DATABASE_TLS=require."
                : "";
    }

    private static boolean isConnectionFailure(Throwable cause) {
        // Vert.x reports a connection that is closed or was never opened with a throwable that is no exception.
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof VertxException
                || !(cause instanceof Exception || cause instanceof Error);
    }

    private record DatabaseFailure(String state, String message) {}

    /** What PostgreSQL reports, from the exception of the client or from the one that Hibernate Reactive makes of it. */
    private static Optional<DatabaseFailure> databaseFailure(Throwable failure) {
        return causes(failure)
                .map(cause -> cause instanceof PgException error
                        ? new DatabaseFailure(error.getSqlState(), error.getMessage())
                        : cause instanceof SQLException error
                                ? new DatabaseFailure(error.getSQLState(), error.getMessage())
                                : null)
                .filter(error -> error != null && error.state() != null)
                .findFirst();
    }

    private static Optional<String> sqlState(Throwable failure) {
        return databaseFailure(failure).map(DatabaseFailure::state);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }
}
