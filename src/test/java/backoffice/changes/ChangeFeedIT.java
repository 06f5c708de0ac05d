package backoffice.changes;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Command;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresProcess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Consumers of the feed have each change exactly once, while the database is killed and restarted. */
@Tag("slow")
class ChangeFeedIT {

    private static final String KEY = "feed-key";
    private static final int WRITERS = 8;
    private static final int READERS = 2;
    private static final int KILLS = 3;
    private static final int ENOUGH_EVENTS = 500;
    private static final int IMPORTED = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port = Ports.free();
    private final Map<String, String> environment = new HashMap<>();
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PostgresProcess database;
    private Running service;

    @BeforeEach
    void start() throws Exception {
        database = new PostgresProcess();
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", database.user());
        environment.put("QUARKUS_DATASOURCE_PASSWORD", "");
        environment.put("BACKOFFICE_BITKEYS_ACME", KEY);
        environment.put("BACKOFFICE_CHANGES", "on");
        service = PackagedApplication.start(port, Ports.free(), environment);
        service.awaitListening();
    }

    @AfterEach
    void stop() throws IOException {
        open.set(false);
        threads.shutdownNow();
        service.close();
        database.close();
    }

    @Test
    void what_readers_replay_equals_the_tables_after_writers_and_kills_of_the_database() throws Exception {
        // Given readers, and writers whose changes collide
        List<FeedConsumer> consumers = new ArrayList<>();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            FeedConsumer consumer = new FeedConsumer(port, KEY);
            consumers.add(consumer);
            readers.add(CompletableFuture.runAsync(() -> follow(consumer), threads));
        }
        AtomicBoolean writing = new AtomicBoolean(true);
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(seed -> CompletableFuture.runAsync(new RandomWriter(port, KEY, seed, writing), threads))
                .toList();

        // When the database is killed while they run
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(2000);
            database.kill();
            Thread.sleep(500);
            database.start();
        }
        Thread.sleep(2000);
        consumers.forEach(consumer -> Await.until(
                Duration.ofMinutes(1),
                () -> consumer.events() > ENOUGH_EVENTS,
                () -> "A consumer has only " + consumer.events() + " events"));
        writing.set(false);
        writers.forEach(CompletableFuture::join);

        // Then each reader has exactly what the tables have
        open.set(false);
        readers.forEach(CompletableFuture::join);
        for (FeedConsumer consumer : consumers) {
            assertThat(consumer.events(), greaterThan(ENOUGH_EVENTS));
            assertIsCopy(consumer);
        }
    }

    @Test
    void a_consumer_follows_an_import_through_a_restart_of_the_database() throws Exception {
        // Given a consumer
        FeedConsumer consumer = new FeedConsumer(port, KEY);
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> follow(consumer), threads);

        // When customers are imported, and the database restarts in between
        Path file = Files.createTempFile(Path.of("target"), "customers", ".jsonl");
        Files.writeString(
                file,
                IntStream.range(0, IMPORTED)
                        .mapToObj(i -> "{\"customer\":{\"name\":\"c%d\",\"groupName\":\"g%d\"}}".formatted(i, i % 7))
                        .collect(Collectors.joining("\n")));
        String server = "http://localhost:" + port;
        try (Command running = PackagedApplication.startCommand(
                Map.of("TARGET_BITKEY", KEY), "import", file.toAbsolutePath().toString(), "--to", server)) {
            while (consumer.events() < IMPORTED / 10) {
                Thread.sleep(10);
            }
            database.kill();
            database.start();
            Outcome outcome = running.awaitEnd();
            assertEquals(0, outcome.exitCode(), outcome.err());
        }

        // Then the consumer has all of them, and knows who has created them
        open.set(false);
        reader.join();
        assertEquals(IMPORTED + 7, consumer.events());
        assertIsCopy(consumer);
        assertThat(audit("--customer", "c17").out(), containsString("\"call\":\"POST /customers\""));
    }

    @Test
    void a_call_that_waits_is_answered_when_the_service_stops() throws Exception {
        CompletableFuture<String> waiting = CompletableFuture.supplyAsync(
                () -> new Feed(KEY)
                        .get(port, "/changes?after=0-0-0")
                        .statusCode(200)
                        .extract()
                        .asString(),
                threads);
        Thread.sleep(1000);

        service.terminate();

        assertEquals("[]", waiting.get(5, TimeUnit.SECONDS).strip());
    }

    @Test
    void the_command_audit_prints_who_has_changed_what() throws Exception {
        Api.as(KEY)
                .on(port)
                .with("x-correlation-id", "order-17")
                .post("/customers", "[{\"name\":\"x\u009b2J\u202e华\"},{\"name\":\"y\"}]");

        List<String> lines = audit("--key", "configured", "--since", "2026-01-01")
                .out()
                .lines()
                .toList();

        assertEquals(2, lines.size());
        JsonNode event = JSON.readTree(lines.get(0));
        assertEquals("POST /customers", event.get("call").textValue());
        assertEquals("order-17", event.get("correlationid").textValue());
        assertEquals("x\u009b2J\u202e华", event.at("/data/after/name").textValue());
        assertThat(lines.get(0), containsString("\"x\\u009b2J\\u202e华\""));
        assertEquals("", audit("--since", "2100-01-01").out());
        assertEquals("", audit("--group", "x").out());
        assertEquals(2, PackagedApplication.command(environment, "audit").exitCode());
    }

    @Test
    void the_command_audit_prints_changes_that_do_not_fit_on_a_page() throws Exception {
        for (int call = 0; call < 5; call++) {
            String description = "𠮷".repeat(2000);
            String batch = IntStream.range(50 * call, 50 * call + 50)
                    .mapToObj(i -> "{\"name\":\"c%d\",\"description\":\"%s\"}".formatted(i, description))
                    .collect(Collectors.joining(",", "[", "]"));
            Api.as(KEY).on(port).post("/customers", batch).statusCode(200);
        }

        assertEquals(250, audit().out().lines().distinct().count());
    }

    private Outcome audit(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("audit", "--vendor", "acme"));
        command.addAll(List.of(options));
        Outcome outcome = PackagedApplication.command(environment, command.toArray(String[]::new));
        assertEquals(0, outcome.exitCode(), outcome.err());
        return outcome;
    }

    /** Follows the feed until the writers have ended and nothing more comes. */
    private void follow(FeedConsumer consumer) {
        try {
            boolean news = true;
            while (open.get() || news) {
                news = consumer.step(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void assertIsCopy(FeedConsumer consumer) {
        assertEquals(FeedCopy.read(port, KEY), consumer.copy());
    }
}
