package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Counts the statements that the service sends; the service logs its own, and Hibernate those of pages. */
public final class SqlRecorder {

    private static final List<String> LOGGERS = List.of("backoffice.persistence.SqlExecutor", "org.hibernate.SQL");

    private SqlRecorder() {}

    /** How many statements some calls cost. */
    public static int count(Runnable calls) {
        List<String> statements = new CopyOnWriteArrayList<>();
        LogListener.during(calls, LOGGERS, line -> statements.add(line.getMessage()));
        return statements.size();
    }
}
