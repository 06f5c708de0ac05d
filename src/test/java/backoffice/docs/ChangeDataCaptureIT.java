package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.ReplicationStream.Change;
import backoffice.docs.ReplicationStream.Transaction;
import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
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
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pipeline that is set up as docs/change-data-capture.md says gets each change, in the order of the commits. */
@Tag("slow")
class ChangeDataCaptureIT {

    private static final Logger LOG = Logger.getLogger(ChangeDataCaptureIT.class);
    private static final Page PAGE = Page.of("docs/change-data-capture.md");
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "key-of-acme";
    private static final String OTHER_KEY = "key-of-globex";
    private static final int KILLS = 7;
    private static final int TRANSACTIONS_BETWEEN_KILLS = 60;
    private static final int WRITERS = 4;
    private static final List<String> TABLES = List.of("customer_group", "customer");

    private final Properties settings =
            properties(PAGE.blocks("properties").get(0).text());
    private final int port = Ports.free();
    private PostgresProcess postgres;
    private Running service;
    private Api acme;

    /** What the consumer has stored: the rows of each table by their id. */
    private final Map<String, Map<Long, Map<String, String>>> copy =
            Map.of("customer_group", new TreeMap<>(), "customer", new TreeMap<>());

    private int stored;

    @BeforeEach
    void start() throws Exception {
        postgres = new PostgresProcess(parameters());
        service = PackagedApplication.start(
                port,
                Ports.free(),
                Map.of(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        postgres.url(),
                        "QUARKUS_DATASOURCE_USERNAME",
                        postgres.user(),
                        "BACKOFFICE_BITKEYS_ACME",
                        KEY,
                        "BACKOFFICE_BITKEYS_GLOBEX",
                        OTHER_KEY));
        service.awaitListening();
        postgres.execute(PAGE.blocks("sql").get(0).text());
        ReplicationStream.createSlot(postgres.url(), user(), password(), settings.getProperty("slot.name"));
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

        List<String> transactions = new ArrayList<>();
        try (ReplicationStream stream = open()) {
            Await.until(SOON, () -> read(stream, transactions) == 5, () -> "received: " + transactions);
        }
        assertEquals(
                List.of(
                        "customer_group: null > a",
                        "customer: null > y, customer: null > x of 1",
                        "customer_group: a > b",
                        "customer: y > y of 1",
                        "customer: x of 1 > null"),
                transactions);
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
            int enough = stored + TRANSACTIONS_BETWEEN_KILLS;
            try (ReplicationStream stream = open()) {
                Await.until(SOON, () -> store(stream) >= enough, () -> "stored: " + stored);
            }
        }
        calling.set(false);
        writers.forEach(CompletableFuture::join);

        // Then its copy equals the tables in the end
        try (ReplicationStream stream = open()) {
            Await.until(
                    SOON,
                    () -> store(stream) > 0
                            && TABLES.stream().allMatch(table -> rows(table).equals(rowsOfCopy(table))),
                    () -> rows("customer") + " is not " + rowsOfCopy("customer"));
        }
        LOG.infof("%d transactions stored, with repetitions after %d kills", stored, KILLS);
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
    private int store(ReplicationStream stream) {
        for (Transaction next = stream.next(); next != null; next = stream.next()) {
            next.changes().forEach(this::store);
            if (++stored % 10 == 0) {
                stream.confirm(next);
            }
        }
        return stored;
    }

    private void store(Change change) {
        Map<Long, Map<String, String>> rows = copy.get(change.table());
        if (change.after() == null) {
            rows.remove(Long.valueOf(change.before().get("id")));
        } else {
            rows.put(Long.valueOf(change.after().get("id")), change.after());
        }
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

    /** Adds each transaction that has come as one line, and returns their number. */
    private static int read(ReplicationStream stream, List<String> transactions) {
        for (Transaction next = stream.next(); next != null; next = stream.next()) {
            transactions.add(next.changes().stream()
                    .map(change -> change.table() + ": " + shown(change.before()) + " > " + shown(change.after()))
                    .collect(Collectors.joining(", ")));
        }
        return transactions.size();
    }

    private static String shown(Map<String, String> row) {
        if (row == null) {
            return "null";
        }
        return row.get("name") + (row.get("group_id") == null ? "" : " of " + row.get("group_id"));
    }

    /** Opens the slot when the server has noticed that the consumer before is gone. */
    private ReplicationStream open() throws SQLException {
        Await.until(
                SOON,
                () -> postgres.number("select count(*) from pg_replication_slots where active") == 0,
                () -> "the slot stays active");
        return new ReplicationStream(
                postgres.url(),
                user(),
                password(),
                settings.getProperty("slot.name"),
                settings.getProperty("publication.name"));
    }

    private String user() {
        return settings.getProperty("database.user");
    }

    private String password() {
        return settings.getProperty("database.password");
    }

    /** The parameters of PostgreSQL that the page sets. */
    private static Map<String, String> parameters() {
        Map<String, String> parameters = new HashMap<>();
        properties(PAGE.blocks("ini").get(0).text())
                .forEach((name, value) -> parameters.put((String) name, (String) value));
        return parameters;
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
