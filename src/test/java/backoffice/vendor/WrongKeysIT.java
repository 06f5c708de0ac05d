package backoffice.vendor;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.RawConnection;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/keys.md: what a service does right after its start with wrong keys, and with keys that can be guessed. */
@Tag("slow")
class WrongKeysIT {

    private static final int CLIENTS = 100;
    private static final int KEYS_OF_A_CLIENT = 10;
    private static final String SHORT = "nineteen-characters";
    private static final String LONG = "twenty-characters-it";

    private final int port = Ports.free();

    @TempDir
    private Path directory;

    @Test
    void good_calls_succeed_after_a_thousand_wrong_keys_from_the_same_address() throws Exception {
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = start(database, Map.of("BACKOFFICE_BITKEYS_ACME", LONG))) {
            // Given a service that has just started, and clients behind one proxy that have sent wrong keys
            service.awaitListening();
            List<CompletableFuture<Set<String>>> clients = Stream.generate(
                            () -> CompletableFuture.supplyAsync(() -> answers("wrong", KEYS_OF_A_CLIENT), Threads.NEW))
                    .limit(CLIENTS)
                    .toList();
            Set<String> refusals =
                    clients.stream().flatMap(client -> client.join().stream()).collect(toSet());

            // When a vendor calls for the first time, from the same address
            Set<String> answers = answers(LONG, 10);

            // Then its calls succeed, and each wrong key was refused as such
            assertEquals(Set.of("HTTP/1.1 200 OK"), answers);
            assertEquals(Set.of("HTTP/1.1 401 Unauthorized"), refusals);
        }
    }

    @Test
    void a_start_with_short_keys_logs_one_line_with_their_vendors_and_no_key() throws Exception {
        Files.writeString(directory.resolve("eta"), LONG);
        Files.writeString(directory.resolve("iota"), "a-longer-" + LONG + "\nshort");
        try (EmptyDatabase database = new EmptyDatabase();
                Running service = start(
                        database,
                        Map.of(
                                "BACKOFFICE_BITKEYS_DIRECTORY",
                                directory.toString(),
                                "BACKOFFICE_BITKEYS_ACME",
                                SHORT + ",short-too",
                                "BACKOFFICE_BITKEYS_BETA",
                                "the-longest-" + LONG,
                                "BACKOFFICE_BITKEYS_GAMMA",
                                "sha256:" + "0".repeat(64)))) {
            service.awaitListening();

            List<String> lines = Files.readAllLines(service.output()).stream()
                    .filter(line -> line.contains("\"level\":\"WARN\""))
                    .toList();
            assertEquals(1, lines.size(), lines::toString);
            assertThat(
                    lines.get(0),
                    containsString(
                            "A bitkey of fewer than 20 characters can be guessed. Vendors that have one: acme, iota\""));
            assertThat(lines.get(0), not(containsString(SHORT)));
            assertThat(lines.get(0), not(containsString("short")));
        }
    }

    private Running start(EmptyDatabase database, Map<String, String> keys) throws IOException {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.putAll(keys);
        return PackagedApplication.start(port, Ports.free(), environment);
    }

    /** The distinct status lines of some calls with a key. */
    private Set<String> answers(String key, int calls) {
        byte[] request = "GET %s/customer_groups HTTP/1.1\r\nHost: localhost\r\nbitkey: %s\r\n\r\n"
                .formatted(Api.BASE_PATH, key)
                .getBytes(StandardCharsets.US_ASCII);
        try (RawConnection connection = new RawConnection(port)) {
            return Set.copyOf(IntStream.range(0, calls)
                    .mapToObj(call ->
                            connection.send(request, true).lines().findFirst().orElse("no answer"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
