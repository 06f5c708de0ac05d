package backoffice.hostile;

import static backoffice.hostile.AttackedService.GREEDY;
import static backoffice.hostile.AttackedService.HONEST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.HostileConnections;
import backoffice.testsupport.RepositoryFiles;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** While a test attacks, another vendor is served, and right after it the service answers within a second. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileIT {

    /** The least time of an attack. With {@code -Dhostile.seconds=120}, attacks go on for two minutes. */
    private static final Duration ATTACK = Duration.ofSeconds(Integer.getInteger("hostile.seconds", 3));

    /** Four a second, and no more than 20. */
    static final int LEAST_ANSWERS = Math.min(20, 4 * (int) ATTACK.toSeconds());

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final long SECOND_MILLIS = 1000;

    @AutoClose
    AttackedService service;

    /** The connections of the attack, until the test ends. */
    HostileConnections attack;

    private HonestCaller honest;

    @BeforeAll
    void start() throws Exception {
        service = startService();
        // The first calls of a JVM are slow, and so is the first search, whose statement is new.
        HonestCaller warmUp = service.caller(HONEST);
        warmUp.start();
        Thread.sleep(WARM_UP.toMillis());
        warmUp.stop();
    }

    AttackedService startService() throws Exception {
        return new AttackedService();
    }

    @BeforeEach
    void beginHonestCalls() throws InterruptedException {
        attack = new HostileConnections(service.port);
        honest = service.caller(HONEST);
        honest.start();
        Thread.sleep(300);
    }

    @AfterEach
    void the_service_answers_within_a_second_and_honest_callers_were_served() throws Exception {
        attack.close();
        long start = System.nanoTime();
        int code = service.caller(HONEST).code("GET", "/customer_groups", "");
        long millis = (System.nanoTime() - start) / 1_000_000;
        honest.stop();

        assertEquals(200, code);
        assertThat("after the attack", millis, is(lessThan(SECOND_MILLIS)));
        assertThat(honest.failures, is(empty()));
        assertThat(honest.answers, is(greaterThan(LEAST_ANSWERS)));
        assertTrue(service.process.process().isAlive());
        assertThat(RepositoryFiles.text(service.process.output()), not(containsString("OutOfMemory")));
    }

    /** A call of the greedy vendor: its method and path, and its body. */
    static String call(String call, String body) {
        return call(call, body, GREEDY);
    }

    static String call(String call, String body, String bitkey) {
        return call.replace(" ", " " + Api.BASE_PATH) + " HTTP/1.1\r\nHost: x\r\nbitkey: " + bitkey
                + (body.isEmpty() ? "" : "\r\nContent-Length: " + body.getBytes(UTF_8).length) + "\r\n\r\n" + body;
    }

    static long endOfAttack() {
        return System.nanoTime() + ATTACK.toNanos();
    }

    /** Sends a request on so many connections, and then on some more in each step, in which it reads some bytes from each. */
    final void flood(String request, int first, int more, int bytesRead) throws InterruptedException {
        attack.open(first, request);
        repeat(() -> {
            attack.readFromAll(bytesRead);
            attack.open(more, request);
        });
    }

    /** Repeats a step of an attack as often as there is time for it, and at most 20 times a second. */
    static void repeat(Runnable step) throws InterruptedException {
        long end = endOfAttack();
        while (System.nanoTime() < end) {
            step.run();
            Thread.sleep(50);
        }
    }
}
