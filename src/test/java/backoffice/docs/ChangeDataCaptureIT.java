package backoffice.docs;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Threads;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.postgresql.replication.PGReplicationConnection;
import org.postgresql.replication.PGReplicationStream;

/** A pipeline that is set up as docs/change-data-capture.md says gets each change, in the order of the commits. */
@Tag("slow")
class ChangeDataCaptureIT {

    private static final Page PAGE = Page.of("docs/change-data-capture.md");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "key-of-acme";
    private static final String OTHER_KEY = "key-of-globex";
    private static final int KILLS = 7;
    private static final int TRANSACTIONS_BETWEEN_KILLS = 60;
    private static final int WRITERS = 4;

    private final Map<String, String> settings = settings("properties");
    private final String slot = settings.get("slot.name");
    private final int port = Ports.free();
    private PostgresProcess postgres;
    private Running service;
    private Api acme;

    /** What the consumer has stored: the rows of each table by their id. */
    private final Map<String, Map<Long, Map<String, String>>> copy =
            Map.of("customer_group", new TreeMap<>(), "customer", new TreeMap<>());

    private final List<String> received = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        postgres = new PostgresProcess(settings("ini"));
        Map<String, String> environment = Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL",
                postgres.url(),
                "QUARKUS_DATASOURCE_USERNAME",
                postgres.user(),
                "BACKOFFICE_BITKEYS_ACME",
                KEY,
                "BACKOFFICE_BITKEYS_GLOBEX",
                OTHER_KEY);
        service = PackagedApplication.start(port, Ports.free(), environment);
        service.awaitListening();
        postgres.execute(PAGE.blocks("sql").get(0).text());
        try (Connection connection = connect()) {
            replication(connection)
                    .createReplicationSlot()
                    .logical()
                    .withSlotName(slot)
                    .withOutputPlugin("pgoutput")
                    .make();
        }
        acme = Api.as(KEY).on(port);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
        postgres.close();
    }

    @Test
    void each_call_is_a_transaction_and_they_come_in_the_order_of_their_commits() throws SQLException {
        acme.post("/customer_groups", "{\"name\":\"a\"}").statusCode(200);
        Api.as(OTHER_KEY).on(port).post("/customer_groups", "{\"name\":\"of another vendor\"}");
        acme.post("/customers", "[{\"name\":\"x\",\"groupName\":\"a\"},{\"name\":\"y\"}]")
                .statusCode(200);
        acme.patch("/customer_groups/a", "{\"name\":\"b\"}").statusCode(200);
        acme.post("/customer_groups/b/customers", "[{\"name\":\"y\"}]").statusCode(200);
        acme.delete("/customers/b/x").statusCode(200);

        try (Consumer consumer = new Consumer()) {
            Await.atMost(SOON).until(() -> store(consumer), is(5));
        }
        assertEquals(
                List.of(
                        "[customer_group: null > a]",
                        "[customer: null > y, customer: null > x of 1]",
                        "[customer_group: a > b]",
                        "[customer: y > y of 1]",
                        "[customer: x of 1 > null]"),
                received);
    }

    @Test
    void a_consumer_that_is_killed_and_goes_on_loses_nothing() throws Exception {
        // Given callers that change groups and customers
        AtomicBoolean calling = new AtomicBoolean(true);
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> change(writer, calling), Threads.NEW))
                .toList();

        // When the consumer is killed again and again, and confirms one of ten transactions
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = received.size() + TRANSACTIONS_BETWEEN_KILLS;
            try (Consumer consumer = new Consumer()) {
                Await.atMost(SOON).until(() -> store(consumer) >= enough);
            }
        }
        calling.set(false);
        writers.forEach(CompletableFuture::join);

        // Then its copy equals the tables in the end
        try (Consumer consumer = new Consumer()) {
            Await.atMost(SOON)
                    .until(() -> store(consumer) > 0
                            && copy.keySet().stream()
                                    .allMatch(table -> rows(table).equals(rowsOfCopy(table))));
        }
    }

    private void change(int writer, AtomicBoolean calling) {
        for (int i = 0; calling.get(); i++) {
            String name = writer + "-" + i;
            acme.post("/customer_groups", "{\"name\":\"%s\"}".formatted(name)).statusCode(200);
            acme.post("/customer_groups/" + name + "/customers", "[{\"name\":\"x\"},{\"name\":\"y\"}]")
                    .statusCode(200);
            acme.patch("/customer_groups/" + name, "{\"name\":\"of %s\"}".formatted(name))
                    .statusCode(200);
            acme.delete("/customers/of%20" + name + "/x").statusCode(200);
        }
    }

    /** Stores the transactions that have come, and returns how many have come since the first one. */
    private int store(Consumer consumer) {
        boolean confirm = false;
        for (List<Change> next = consumer.next(confirm); next != null; next = consumer.next(confirm)) {
            for (Change change : next) {
                Map<Long, Map<String, String>> rows = copy.get(change.table());
                if (change.after() == null) {
                    rows.remove(Long.valueOf(change.before().get("id")));
                } else {
                    rows.put(Long.valueOf(change.after().get("id")), change.after());
                }
            }
            received.add(next.toString());
            confirm = received.size() % 10 == 0;
        }
        return received.size();
    }

    private String rows(String table) {
        String group = table.equals("customer") ? "coalesce(group_id::text, 'null')" : "'null'";
        return postgres.text(
                "select string_agg(concat_ws(' ', id, name, %s), ', ' order by id) from %s where vendor = 'acme'"
                        .formatted(group, table));
    }

    private String rowsOfCopy(String table) {
        return copy.get(table).values().stream()
                .map(row -> row.get("id") + " " + row.get("name") + " " + row.get("group_id"))
                .collect(Collectors.joining(", "));
    }

    /** The settings of the block of the page in a language. */
    private static Map<String, String> settings(String language) {
        return PAGE.blocks(language)
                .get(0)
                .text()
                .lines()
                .map(line -> line.split(" *= *", 2))
                .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        PGProperty.USER.set(properties, settings.get("database.user"));
        PGProperty.PASSWORD.set(properties, settings.get("database.password"));
        PGProperty.REPLICATION.set(properties, "database");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "15");
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        return DriverManager.getConnection("jdbc:" + postgres.url(), properties);
    }

    private static PGReplicationConnection replication(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getReplicationAPI();
    }

    /** A row before and after a change, by the names of its columns. Either one can be null. */
    private record Change(String table, Map<String, String> before, Map<String, String> after) {

        @Override
        public String toString() {
            return table + ": " + shown(before) + " > " + shown(after);
        }

        private static String shown(Map<String, String> row) {
            return row == null
                    ? "null"
                    : row.get("name") + (row.get("group_id") == null ? "" : " of " + row.get("group_id"));
        }
    }

    /** A reader of the slot, which decodes the messages of pgoutput. */
    private final class Consumer implements AutoCloseable {

        private final Map<Integer, List<String>> names = new HashMap<>();
        private final Connection connection;
        private final PGReplicationStream stream;
        private List<Change> changes;

        /** Opens the slot when the server has noticed that the consumer before is gone. */
        Consumer() throws SQLException {
            Await.atMost(SOON)
                    .until(() -> postgres.number("select count(*) from pg_replication_slots where active"), is(0L));
            connection = connect();
            stream = replication(connection)
                    .replicationStream()
                    .logical()
                    .withSlotName(slot)
                    .withSlotOption("proto_version", 1)
                    .withSlotOption("publication_names", settings.get("publication.name"))
                    .start();
        }

        /** The changes of the next transaction, or null when there is none. It can confirm those that came before. */
        List<Change> next(boolean confirm) {
            return Unchecked.supplier(() -> read(confirm)).get();
        }

        private List<Change> read(boolean confirm) throws SQLException {
            if (confirm) {
                stream.setAppliedLSN(stream.getLastReceiveLSN());
                stream.setFlushedLSN(stream.getLastReceiveLSN());
                stream.forceUpdateStatus();
            }
            for (ByteBuffer message = stream.readPending(); message != null; message = stream.readPending()) {
                switch (message.get()) {
                    case 'B' -> changes = new ArrayList<>();
                    case 'I', 'U', 'D' -> readChange(message);
                    case 'C' -> {
                        return changes;
                    }
                    default -> {
                        // A description of a table, of which the database tells the columns.
                    }
                }
            }
            return null;
        }

        private void readChange(ByteBuffer message) {
            List<String> names = names(message.getInt());
            Map<String, String> before = null;
            Map<String, String> after = null;
            while (message.hasRemaining()) {
                boolean isNew = message.get() == 'N';
                Map<String, String> row = readRow(message, names);
                before = isNew ? before : row;
                after = isNew ? row : after;
            }
            changes.add(new Change(names.get(0), before, after));
        }

        /** The name of a table and those of its columns. */
        private List<String> names(int table) {
            return names.computeIfAbsent(
                    table, id -> List.of(postgres.text("""
                        select attrelid::regclass || ' ' || string_agg(attname, ' ' order by attnum) from pg_attribute
                        where attnum > 0 and not attisdropped and attrelid = %d group by attrelid\
                        """.formatted(id)).split(" ")));
        }

        private static Map<String, String> readRow(ByteBuffer message, List<String> names) {
            Map<String, String> row = new HashMap<>();
            int count = message.getShort();
            for (int i = 0; i < count; i++) {
                if (message.get() == 't') {
                    byte[] value = new byte[message.getInt()];
                    message.get(value);
                    row.put(names.get(1 + i), new String(value, StandardCharsets.UTF_8));
                }
            }
            return row;
        }

        /** Drops the connection, as the end of the process does. */
        @Override
        public void close() throws SQLException {
            connection.abort(Runnable::run);
        }
    }
}
