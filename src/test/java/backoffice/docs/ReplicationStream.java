package backoffice.docs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** A reader of a replication slot, which decodes the messages of pgoutput. */
final class ReplicationStream implements AutoCloseable {

    /** A row before and after a change, by the names of its columns. Either one can be null. */
    record Change(String table, Map<String, String> before, Map<String, String> after) {}

    /** The changes of a transaction. */
    record Transaction(LogSequenceNumber end, List<Change> changes) {}

    /** A table as the stream describes it. */
    private record Relation(String table, List<String> columns) {}

    private final Connection connection;
    private final PGReplicationStream stream;
    private final Map<Integer, Relation> relations = new HashMap<>();
    private List<Change> changes = new ArrayList<>();

    ReplicationStream(String url, String user, String password, String slot, String publication) throws SQLException {
        connection = connect(url, user, password);
        stream = connection
                .unwrap(PGConnection.class)
                .getReplicationAPI()
                .replicationStream()
                .logical()
                .withSlotName(slot)
                .withSlotOption("proto_version", 1)
                .withSlotOption("publication_names", publication)
                .start();
    }

    static void createSlot(String url, String user, String password, String slot) throws SQLException {
        try (Connection connection = connect(url, user, password)) {
            connection
                    .unwrap(PGConnection.class)
                    .getReplicationAPI()
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(slot)
                    .withOutputPlugin("pgoutput")
                    .make();
        }
    }

    private static Connection connect(String url, String user, String password) throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, user);
        PGProperty.PASSWORD.set(properties, password);
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return DriverManager.getConnection("jdbc:" + url, properties);
    }

    /** The next transaction; null when there is none at present. */
    Transaction next() {
        try {
            return read();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Transaction read() throws SQLException {
        for (ByteBuffer message = stream.readPending(); message != null; message = stream.readPending()) {
            switch (message.get()) {
                case 'B' -> changes = new ArrayList<>();
                case 'R' -> readRelation(message);
                case 'I', 'U', 'D' -> readChange(message);
                case 'C' -> {
                    message.position(message.position() + 1 + Long.BYTES);
                    return new Transaction(LogSequenceNumber.valueOf(message.getLong()), changes);
                }
                default -> throw new AssertionError("an unexpected message");
            }
        }
        return null;
    }

    /** Confirms that everything up to a transaction is stored. */
    void confirm(Transaction last) {
        try {
            stream.setAppliedLSN(last.end());
            stream.setFlushedLSN(last.end());
            stream.forceUpdateStatus();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void readRelation(ByteBuffer message) {
        int id = message.getInt();
        text(message);
        String table = text(message);
        message.get();
        List<String> columns = new ArrayList<>();
        for (int count = message.getShort(); count > 0; count--) {
            message.get();
            columns.add(text(message));
            message.position(message.position() + 2 * Integer.BYTES);
        }
        relations.put(id, new Relation(table, columns));
    }

    private void readChange(ByteBuffer message) {
        Relation relation = relations.get(message.getInt());
        Map<String, String> before = null;
        Map<String, String> after = null;
        while (message.hasRemaining()) {
            boolean isNew = message.get() == 'N';
            Map<String, String> row = readRow(message, relation);
            before = isNew ? before : row;
            after = isNew ? row : after;
        }
        changes.add(new Change(relation.table(), before, after));
    }

    private static Map<String, String> readRow(ByteBuffer message, Relation relation) {
        Map<String, String> row = new LinkedHashMap<>();
        int count = message.getShort();
        for (int i = 0; i < count; i++) {
            if (message.get() == 't') {
                byte[] value = new byte[message.getInt()];
                message.get(value);
                row.put(relation.columns().get(i), new String(value, StandardCharsets.UTF_8));
            }
        }
        return row;
    }

    private static String text(ByteBuffer message) {
        StringBuilder text = new StringBuilder();
        for (byte b = message.get(); b != 0; b = message.get()) {
            text.append((char) b);
        }
        return text.toString();
    }

    /** Drops the connection, as the end of the process does. */
    @Override
    public void close() throws SQLException {
        connection.abort(Runnable::run);
    }
}
