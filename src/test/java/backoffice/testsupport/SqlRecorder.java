package backoffice.testsupport;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The SQL statements in the log: Hibernate logs those of a session, and VendorSql all others. */
public final class SqlRecorder {

    private static final List<String> LOGGERS = List.of("backoffice.persistence.VendorSql", "org.hibernate.SQL");

    private SqlRecorder() {}

    public static int count(Runnable calls) {
        return statements(calls).size();
    }

    /** The statements that calls send, without their values. */
    public static List<String> statements(Runnable calls) {
        List<String> statements = new CopyOnWriteArrayList<>();
        LogListener.during(calls, LOGGERS, line -> statements.add(line.getMessage()));
        return statements.stream().filter(SqlRecorder::isOfCall).toList();
    }

    /** Whether a statement does the work of a call: it does not read the keys, which happens in the background. */
    static boolean isOfCall(String statement) {
        return !statement.contains("from bitkey");
    }
}
