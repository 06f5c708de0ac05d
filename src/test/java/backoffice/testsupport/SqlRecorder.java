package backoffice.testsupport;

import java.util.List;
import java.util.logging.LogRecord;

/** The SQL statements in the log: Hibernate logs those of a session, and VendorSql all others. */
public final class SqlRecorder {

    private SqlRecorder() {}

    public static int count(Runnable calls) {
        return statements(calls).size();
    }

    /** The statements that calls send, without their values. */
    public static List<String> statements(Runnable calls) {
        return LogListener.during(calls, "backoffice.persistence.VendorSql", "org.hibernate.SQL").stream()
                .map(LogRecord::getMessage)
                .filter(SqlRecorder::isOfCall)
                .toList();
    }

    /** Whether a statement does the work of a call: it does not read the keys, which happens in the background. */
    static boolean isOfCall(String statement) {
        return !statement.contains("from bitkey");
    }
}
