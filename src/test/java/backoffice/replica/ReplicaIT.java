package backoffice.replica;

import static backoffice.replica.InstanceWithReplica.GROUPS;
import static backoffice.replica.InstanceWithReplica.SEARCH;
import static backoffice.replica.InstanceWithReplica.total;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Lists and searches on a streaming replica: callers see their own changes, and no state older than max-lag. */
@Tag("slow")
@TestInstance(Lifecycle.PER_CLASS)
class ReplicaIT {

    private static final String TOKEN = "Consistency-Token";
    private static final Duration SHORT_LAG = Duration.ofSeconds(1);
    private static final Duration LONG_LAG = Duration.ofMinutes(10);
    private static final int CALLERS = 4;
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private PostgresProcess primary;
    private PostgresProcess replica;
    private InstanceWithReplica first;
    private InstanceWithReplica second;
    private InstanceWithReplica strict;

    @BeforeAll
    void start() throws Exception {
        primary = new PostgresProcess();
        replica = primary.startReplica();
        first = InstanceWithReplica.start(primary, replica, LONG_LAG);
        second = InstanceWithReplica.start(primary, replica, LONG_LAG);
        strict = InstanceWithReplica.start(primary, replica, SHORT_LAG);
    }

    @AfterAll
    void stop() throws IOException {
        for (InstanceWithReplica instance : List.of(first, second, strict)) {
            instance.close();
        }
        replica.close();
        primary.close();
    }

    @BeforeEach
    void replayed_and_used() {
        first.create("a-key", "g" + System.nanoTime());
        first.awaitReadsOfReplica("a-key");
        second.awaitReadsOfReplica("a-key");
        strict.awaitReadsOfReplica("a-key");
    }

    @AfterEach
    void resume() {
        replica.execute("select pg_wal_replay_resume()");
    }

    @Test
    void lists_and_searches_are_read_from_the_replica() {
        double before = first.readsOfReplica();

        int total = first.groups("b-key");
        first.as("b-key").body("{\"querys\":[]}").post(SEARCH).then().body("data.total", is(total));
        first.as("b-key").get(Api.BASE_PATH + "/customers").then().body("data.total", is(0));

        assertThat(first.readsOfReplica(), is(before + 3));
    }

    @Test
    void a_caller_sees_its_own_change_before_the_replica_does() {
        // Given a replica that has stopped to replay changes
        int before = first.groups("a-key");
        replica.execute("select pg_wal_replay_pause()");

        // When a caller changes something
        first.create("a-key", "own" + System.nanoTime());

        // Then its next read sees the change, and the replica still answers others
        assertThat(first.groups("a-key"), is(before + 1));
        double reads = first.readsOfReplica();
        first.groups("b-key");
        assertThat(first.readsOfReplica(), is(reads + 1));

        // And when the replica has replayed the change, it answers the caller again
        replica.execute("select pg_wal_replay_resume()");
        first.awaitReadsOfReplica("a-key");
        assertThat(first.groups("a-key"), is(before + 1));
    }

    @Test
    void a_caller_sees_its_own_change_through_another_instance_with_the_token() {
        int before = second.groups("a-key");
        replica.execute("select pg_wal_replay_pause()");

        String token = first.as("a-key")
                .body("{\"name\":\"token" + System.nanoTime() + "\"}")
                .post(GROUPS)
                .then()
                .statusCode(200)
                .header(TOKEN, matchesPattern("[0-9A-F]+/[0-9A-F]+"))
                .extract()
                .header(TOKEN);

        assertThat(second.groups("a-key"), is(before));
        assertThat(total(second.as("a-key").header(TOKEN, token).get(GROUPS)), is(before + 1));
        assertThat(total(second.as("a-key").header(TOKEN, "no position").get(GROUPS)), is(before + 1));
    }

    @Test
    void a_repeated_request_that_another_instance_did_is_seen_too() {
        int before = second.groups("a-key");
        replica.execute("select pg_wal_replay_pause()");
        String body = "{\"name\":\"replayed" + System.nanoTime() + "\"}";
        String id = "id" + System.nanoTime();

        first.as("a-key")
                .header("x-bit-req-id", id)
                .body(body)
                .post(GROUPS)
                .then()
                .statusCode(200);
        second.as("a-key")
                .header("x-bit-req-id", id)
                .body(body)
                .post(GROUPS)
                .then()
                .header("x-bit-req-replayed", "true");

        assertThat(second.groups("a-key"), is(before + 1));
    }

    @Test
    void no_read_sees_a_state_that_is_older_than_max_lag() throws InterruptedException {
        // Given a replica that has stopped to replay changes
        int before = strict.groups("b-key");
        replica.execute("select pg_wal_replay_pause()");

        // When a change comes from somewhere else
        primary.execute("insert into customer_group (vendor, name) values ('b', 'lag" + System.nanoTime() + "')");
        long changed = System.nanoTime();

        // Then each read that begins later than max-lag after it sees it
        Await.until(TIMEOUT, () -> strict.groups("b-key") == before + 1, () -> "The change is not seen");
        Thread.sleep(Math.max(0, SHORT_LAG.toMillis() - (System.nanoTime() - changed) / 1_000_000));
        for (int i = 0; i < 20; i++) {
            assertThat(strict.groups("b-key"), is(before + 1));
            Thread.sleep(SHORT_LAG.toMillis() / 10);
        }

        // And the replica answers again when it has caught up
        replica.execute("select pg_wal_replay_resume()");
        strict.awaitReadsOfReplica("b-key");
    }

    @Test
    void the_primary_answers_while_the_replica_is_away() throws Exception {
        int before = first.groups("b-key");

        replica.kill();
        assertThat(List.of(first.groups("b-key"), first.groups("b-key")), is(List.of(before, before)));
        replica.start();
        strict.awaitReadsOfReplica("b-key");
    }

    @Test
    void the_primary_answers_while_the_replica_hangs() throws Exception {
        int before = strict.groups("b-key");

        replica.freeze();
        try {
            long start = System.nanoTime();
            assertThat(strict.groups("b-key"), is(before));
            assertThat(System.nanoTime() - start, lessThan(Duration.ofSeconds(5).toNanos()));
            long afterwards = System.nanoTime();
            assertThat(strict.groups("b-key"), is(before));
            assertThat(
                    System.nanoTime() - afterwards,
                    lessThan(Duration.ofSeconds(1).toNanos()));
        } finally {
            replica.thaw();
        }
        strict.awaitReadsOfReplica("b-key");
    }

    @Test
    void callers_of_two_instances_see_their_changes_while_the_replica_stops_dies_and_returns() throws Exception {
        AtomicBoolean open = new AtomicBoolean(true);
        List<CompletableFuture<Integer>> callers = IntStream.range(0, CALLERS)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> createAndFind(caller, open), Threads.NEW))
                .toList();

        for (int round = 0; round < 3; round++) {
            Thread.sleep(300);
            replica.execute("select pg_wal_replay_pause()");
            Thread.sleep(300);
            replica.execute("select pg_wal_replay_resume()");
            Thread.sleep(300);
            replica.kill();
            Thread.sleep(300);
            replica.start();
        }

        open.set(false);
        for (CompletableFuture<Integer> caller : callers) {
            assertThat(caller.join(), greaterThan(0));
        }
    }

    /** Creates groups through one instance, and searches each of them through the other one; returns their number. */
    private int createAndFind(int caller, AtomicBoolean open) {
        int created = 0;
        while (open.get()) {
            String name = "c%d-%d-%d".formatted(caller, created++, System.nanoTime());
            InstanceWithReplica writer = created % 2 == 0 ? first : strict;
            InstanceWithReplica reader = created % 2 == 0 ? strict : first;
            String token = writer.as("b-key")
                    .body("{\"name\":\"" + name + "\"}")
                    .post(GROUPS)
                    .then()
                    .statusCode(200)
                    .extract()
                    .header(TOKEN);
            String search = "{\"querys\":[{\"name\":\"name\",\"values\":[\"" + name + "\"]}]}";
            assertThat(
                    total(reader.as("b-key").header(TOKEN, token).body(search).post(SEARCH)), is(1));
        }
        return created;
    }
}
