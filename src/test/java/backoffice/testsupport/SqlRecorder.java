package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Counts the SQL statements of the service in its log. Hibernate logs the statements of pages, SqlExecutor all others.
 */
public final class SqlRecorder {

    private static final List<String> LOGGERS = List.of("backoffice.persistence.SqlExecutor", "org.hibernate.SQL");

    private SqlRecorder() {}

    /** The number of SQL statements that the calls send. */
    public static int count(Runnable calls) {
        List<String> statements = new CopyOnWriteArrayList<>();
        LogListener.during(calls, LOGGERS, line -> statements.add(line.getMessage()));
        return statements.size();
    }
}
