package backoffice.persistence;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
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

    private static final Set<String> MISSING_TABLE_OR_COLUMN = Set.of("42P01", "42703");

    /** Connection, read-only transaction, authorization, rollback, resources, operator intervention, system error. */
    private static final List<String> UNAVAILABLE = List.of("08", "25006", "28", "40", "53", "57", "58");

    private PostgresErrors() {}

    /** The name of the constraint is in the message, in each language. A Citus cluster adds the number of a shard. */
    public static Predicate<Throwable> violates(String constraint) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(constraint) + "(_\\d+)?\\b");
        return failure -> sqlState(failure).startsWith(INTEGRITY_VIOLATION_CLASS)
                && name.matcher(reason(failure)).find();
    }

    /** Whether PostgreSQL rolled a statement back that can succeed when it is repeated, or Citus has moved its shard. */
    public static boolean isTransient(Throwable failure) {
        String state = sqlState(failure);
        return SERIALIZATION_FAILURE_OR_DEADLOCK.contains(state)
                || state.equals(INTERNAL_ERROR) && reason(failure).contains(Citus.NO_SHARD);
    }

    /** Another transaction may have written or deleted a row of the statement in the meantime. See docs/adr/0009. */
    static boolean isConflict(Throwable failure) {
        return isTransient(failure)
                || failure instanceof StaleStateException
                || CONSTRAINT_VIOLATIONS.contains(sqlState(failure));
    }

    /** The failure of a transaction that starts again, because its rows are not as it has read them. See docs/adr/0009. */
    public static RuntimeException conflict(String reason) {
        return new StaleStateException(reason);
    }

    /** Whether a table or a column is missing, because the schema was not migrated. */
    public static boolean isOldSchema(Throwable failure) {
        return MISSING_TABLE_OR_COLUMN.contains(sqlState(failure));
    }

    /** Whether the database is out of reach, or was not able to execute the statement (5001). */
    public static boolean isUnavailability(Throwable failure) {
        String state = sqlState(failure);
        return state.isEmpty()
                ? causes(failure).anyMatch(PostgresErrors::isConnectionFailure)
                : UNAVAILABLE.stream().anyMatch(state::startsWith)
                        || endsSession(report(failure))
                        || isTransient(failure);
    }

    /**
     * Whether PostgreSQL, or a pooler in front, refused or ended a session. The name of that severity is translated where
     * messages are. The file of PostgreSQL that lets a session into its database is not.
     */
    private static boolean endsSession(Throwable report) {
        return report instanceof PgException error
                && ("FATAL".equals(error.getSeverity()) || "postinit.c".equals(error.getFile()));
    }

    /** The reason for operators. It may name hosts and tables, so it must not be sent to clients. */
    public static String reason(Throwable failure) {
        Throwable report = report(failure);
        return stateOf(report).isEmpty() ? report.toString() : report.getMessage();
    }

    private static boolean isConnectionFailure(Throwable cause) {
        // Vert.x reports a connection that is closed or was never opened with a throwable that is no exception.
        return cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof VertxException
                || !(cause instanceof Exception || cause instanceof Error);
    }

    /** Empty when PostgreSQL has reported nothing. */
    private static String sqlState(Throwable failure) {
        return stateOf(report(failure));
    }

    /** What PostgreSQL reports, as the client or Hibernate Reactive says it; the innermost cause when it reports nothing. */
    private static Throwable report(Throwable failure) {
        return causes(failure)
                .reduce((outer, inner) -> stateOf(outer).isEmpty() ? inner : outer)
                .orElse(failure);
    }

    private static String stateOf(Throwable cause) {
        String state = cause instanceof PgException error
                ? error.getSqlState()
                : cause instanceof SQLException error ? error.getSQLState() : null;
        return Objects.requireNonNullElse(state, "");
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }
}
