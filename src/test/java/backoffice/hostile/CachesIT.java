package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.docs.Bash;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.Race;
import backoffice.testsupport.Seeds;
import io.smallrye.mutiny.unchecked.Unchecked;
import io.smallrye.mutiny.unchecked.UncheckedConsumer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the service remembers of the inputs of clients does not fill its memory. */
class CachesIT extends HostileIT {

    private static final int CLIENTS = 6;
    /** More than the small heap of a JVM, and two of the executable. */
    private static final int BYTES_OF_INPUTS = 130 << 20;

    private static final int LONG_PATH = 30_000;

    /** A body with this name waits for no permit. In memory, the name takes twice as many bytes. */
    private static final int LONG_NAME = 49_000;

    /** An eighth of the heap of 205 MB. */
    private static final int MAX_TRANSLATIONS = 205_000_000 / 8;

    private static final int CONDITIONS = 32;
    /** More than four are one array, which makes a shorter statement. */
    private static final int PATTERNS = 4;

    /** An index serves it, so that PostgreSQL does not bound the number of searches. */
    private static final String FINDS_NOTHING = "{\"name\":\"groupName\",\"op\":\"=\",\"values\":[\"none\"]}";

    @Test
    void long_names_that_no_member_of_an_object_has() throws Exception {
        String name = "字" + "x".repeat(LONG_NAME);
        HonestCaller client = service.caller(GREEDY);

        repeatAtOnce(BYTES_OF_INPUTS / LONG_NAME / 2, i -> {
            String body = "{\"%s%d\":1}".formatted(name, i);
            assertEquals(400, client.send("POST", "/customer_groups", body).statusCode());
        });
    }

    @Test
    void long_paths_beside_the_documents() throws Exception {
        String path = "http://localhost:" + service.port + "/q/swagger-ui/" + "x".repeat(LONG_PATH);
        HttpClient http = HttpClient.newHttpClient();

        repeatAtOnce(BYTES_OF_INPUTS / LONG_PATH, i -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create(path + i)).build();
            assertEquals(404, http.send(request, BodyHandlers.discarding()).statusCode());
        });
    }

    /** Clients choose the form of a search, and the service translates each form. See docs/adr/0012. */
    @Test
    void searches_that_always_have_another_form() throws Exception {
        HonestCaller client = service.caller(GREEDY);
        Random random = Seeds.random(1);
        client.send("POST", "/customers/data", form(random));
        long before = liveBytes();

        long end = endOfAttack();
        do {
            repeatAtOnce(5 * CLIENTS, i -> {
                try {
                    client.send("POST", "/customers/data", form(random));
                } catch (IOException aHostileClientDoesNotMind) {
                    // The next search has another form.
                }
            });
        } while (System.nanoTime() < end && service.process.process().isAlive());

        long kept = liveBytes() - before;
        assertTrue(kept < MAX_TRANSLATIONS, "bytes of translations: " + kept);
    }

    private static String form(Random random) {
        return Stream.concat(
                        Stream.of(FINDS_NOTHING),
                        Stream.generate(() -> condition(random)).limit(CONDITIONS - 1))
                .collect(joining(",", "{\"querys\":[", "],\"sorts\":[{\"name\":\"groupName\"}]}"));
    }

    private static String condition(Random random) {
        String patterns = random.ints(PATTERNS, 0, 10)
                .mapToObj(i -> random.nextBoolean() ? "\"a" + i + "_b%\"" : "\"%x\"")
                .collect(joining(","));
        // A search by any text has the longest statement, and the others make each statement another one.
        String name = oneOf(random, "any", "any", "any", "any", "any", "any", "name", "groupName", "referenceId");
        String op = name.equals("any") ? "contains" : oneOf(random, "like", "not like", "contains");
        return "{\"name\":\"%s\",\"op\":\"%s\",\"values\":[%s]}".formatted(name, op, patterns);
    }

    private static String oneOf(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    /** Runs steps with the numbers from 0 on, a few of them at the same time. */
    private static void repeatAtOnce(int times, UncheckedConsumer<Integer> step) {
        Race.run(IntStream.range(0, CLIENTS)
                .mapToObj(first -> Executors.callable(() -> IntStream.iterate(first, i -> i < times, i -> i + CLIENTS)
                        .boxed()
                        .forEach(Unchecked.consumer(step))))
                .toList());
    }

    /** The bytes of all objects that the service still needs; 0 for the executable, which does not tell. */
    private long liveBytes() {
        if (PackagedApplication.isNative()) {
            return 0;
        }
        String histogram = Bash.output("'%s/bin/jcmd' %d GC.class_histogram"
                .formatted(
                        System.getProperty("java.home"),
                        service.process.process().pid()));
        return Long.parseLong(histogram.strip().replaceAll("(?s).*\\s", ""));
    }
}
