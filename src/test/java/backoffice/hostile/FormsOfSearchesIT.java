package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients choose the form of a search, and the service translates each form. See docs/adr/0012. */
class FormsOfSearchesIT extends HostileIT {

    private static final int CLIENTS = 4;
    private static final int CONDITIONS = 32;
    private static final int MAX_PATTERNS = 4;

    /** An index serves it, so that PostgreSQL does not bound the number of searches. */
    private static final String FINDS_NOTHING = "{\"name\":\"groupName\",\"op\":\"=\",\"values\":[\"none\"]}";

    @Test
    void four_clients_whose_searches_always_have_another_form() throws InterruptedException {
        long end = endOfAttack();
        List<Thread> clients = IntStream.range(0, CLIENTS)
                .mapToObj(seed -> new Thread(() -> search(new Random(seed), end)))
                .toList();
        clients.forEach(Thread::start);
        for (Thread client : clients) {
            client.join();
        }
    }

    private void search(Random random, long end) {
        HonestCaller caller = service.caller(GREEDY);
        while (System.nanoTime() < end && service.isAlive()) {
            try {
                caller.send("POST", "/customers/data", form(random));
            } catch (IOException | InterruptedException e) {
                // A hostile client does not mind.
                continue;
            }
        }
    }

    private static String form(Random random) {
        return Stream.concat(
                        Stream.of(FINDS_NOTHING),
                        Stream.generate(() -> condition(random)).limit(CONDITIONS - 1))
                .collect(joining(",", "{\"querys\":[", "],\"sorts\":[{\"name\":\"groupName\"}]}"));
    }

    private static String condition(Random random) {
        String patterns = random.ints(1 + random.nextInt(MAX_PATTERNS), 0, 10)
                .mapToObj(i -> random.nextBoolean() ? "\"a" + i + "_b%\"" : "\"%x\"")
                .collect(joining(","));
        return "{\"name\":\"%s\",\"op\":\"%s\",\"values\":[%s]}"
                .formatted(
                        oneOf(random, "name", "groupName", "referenceId"), oneOf(random, "like", "not like"), patterns);
    }

    private static String oneOf(Random random, String... texts) {
        return texts[random.nextInt(texts.length)];
    }
}
