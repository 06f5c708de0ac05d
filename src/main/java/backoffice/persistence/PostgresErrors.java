package backoffice.persistence;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.sql.SQLException;
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

    /** Connection, authorization, rollback (after the last retry), resources, operator intervention, system error. */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "28", "40", "53", "57", "58");

    private static final String NO_ENTRY_IN_PG_HBA = "28000";
    private static final String READ_ONLY_TRANSACTION = "25006";

    private PostgresErrors() {}

    /** The name of the constraint is in the message, in each language. A Citus cluster adds the number of a shard. */
    public static Predicate<Throwable> violates(String constraint) {
        Pattern name = Pattern.compile("\\b" + Pattern.quote(constraint) + "(_\\d+)?\\b");
        return failure -> {
            Report report = report(failure);
            return report.state.startsWith(INTEGRITY_VIOLATION_CLASS)
                    && name.matcher(report.message).find();
        };
    }

    /** Whether PostgreSQL rolled a statement back that can succeed when it is repeated, or Citus has moved its shard. */
    static boolean isTransient(Throwable failure) {
        Report report = report(failure);
        return SERIALIZATION_FAILURE_OR_DEADLOCK.contains(report.state) || report.isOfMovedShard();
    }

    /** Another transaction may have written or deleted a row of the statement in the meantime. See docs/adr/0009. */
    static boolean isConflict(Throwable failure) {
        return isTransient(failure)
                || failure instanceof StaleStateException
                || CONSTRAINT_VIOLATIONS.contains(report(failure).state);
    }

    /** The failure of a transaction that starts again, because its rows are not as it has read them. See docs/adr/0009. */
    public static RuntimeException conflict(String reason) {
        return new StaleStateException(reason);
    }

    /** Whether the database is out of reach, or was not able to execute the statement (5001). */
    public static boolean isUnavailability(Throwable failure) {
        Report report = report(failure);
        return report == Report.NONE
                ? causes(failure).anyMatch(PostgresErrors::isConnectionFailure)
                : READ_ONLY_TRANSACTION.equals(report.state)
                        || UNAVAILABLE_CLASSES.contains(report.state.substring(0, 2))
                        || report.isOfMovedShard();
    }

    /** The reason for operators. It may name hosts and tables, so it must not be sent to clients. */
    public static String reason(Throwable failure) {
        Report report = report(failure);
        return report == Report.NONE
                ? causes(failure).reduce(failure, (outer, inner) -> inner).toString()
                : report.message;
    }

    /** A sentence about what to set, with a space before it; empty for most failures. */
    static String advice(Throwable failure) {
        return NO_ENTRY_IN_PG_HBA.equals(report(failure).state)
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

    /** What PostgreSQL reports: the SQLSTATE and the message. */
    private record Report(String state, String message) {

        static final Report NONE = new Report("", "");

        boolean isOfMovedShard() {
            return INTERNAL_ERROR.equals(state) && message.contains(CitusForms.NO_SHARD);
        }
    }

    /** The report in the exception of the client, or in the one that Hibernate Reactive makes of it. */
    private static Report report(Throwable failure) {
        return causes(failure)
                .map(cause -> cause instanceof PgException error
                        ? new Report(error.getSqlState(), error.getMessage())
                        : cause instanceof SQLException error
                                ? new Report(error.getSQLState(), error.getMessage())
                                : Report.NONE)
                .filter(report -> report != Report.NONE && report.state != null)
                .findFirst()
                .orElse(Report.NONE);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES);
    }
}
