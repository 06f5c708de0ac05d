package backoffice.persistence;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.docs.Page;
import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Threads;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "A password of the database" in k8s/README.md, with processes in place of pods. */
@Tag("slow")
@BesideOtherTests
class PasswordRotationIT {

    private static final String KEY = "rotation-key";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int PODS = 3;
    private static final int CLIENTS = 8;
    private static final String FIRST = "customer_groups";
    private static final String SECOND = "customer_groups_2";
    private static final Page PAGE = Page.of("k8s/README.md");

    @TempDir
    private Path directory;

    /** The pods that get calls. */
    private final List<Running> ready = new CopyOnWriteArrayList<>();

    private final AtomicBoolean calling = new AtomicBoolean(true);
    private final Set<Integer> answers = ConcurrentHashMap.newKeySet();

    @Test
    void a_rollout_to_the_second_user_loses_no_call_and_the_password_of_the_first_one_is_worth_nothing_then()
            throws Exception {
        // Given a database that asks for passwords, with the users of the page
        Path rules = Files.writeString(
                directory.resolve("pg_hba.conf"),
                "host all postgres all trust\nhost all customer_groups_migration all trust\n"
                        + "host all all all scram-sha-256\n");
        try (PostgresProcess database = new PostgresProcess(Map.of("hba_file", rules.toString()))) {
            String users = statement("create role customer_groups_migration")
                    .replaceAll("(?m)^(create database|\\\\connect) .*\n", "")
                    .replace("'…'", "'first'");
            database.execute(users);
            database.execute("grant create on schema public to customer_groups_migration");
            List<Running> old = new ArrayList<>();
            for (int pod = 0; pod < PODS; pod++) {
                old.add(start(database, FIRST, "first"));
            }
            ready.addAll(old);
            List<CompletableFuture<Void>> clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> CompletableFuture.runAsync(this::call, Threads.NEW))
                    .toList();

            // When the pods are replaced one by one, and the first user loses its password
            database.execute(statement("create role customer_groups_2").replace("'…'", "'second'"));
            for (Running pod : old) {
                ready.add(start(database, SECOND, "second"));
                ready.remove(pod);
                pod.terminate();
                assertThat(pod.awaitEnd().exitCode(), is(in(List.of(0, 143))));
            }
            database.execute(statement("password null"));
            calling.set(false);
            clients.forEach(CompletableFuture::join);

            // Then each call was answered, and new connections can be made, with the new password alone
            assertEquals(Set.of(200), answers);
            database.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = '" + SECOND + "'");
            for (Running pod : ready) {
                Await.atMost(SOON).until(() -> pod.as(KEY).code("/customer_groups"), is(200));
            }
            assertEquals(0, database.number("select count(*) from pg_stat_activity where usename = '" + FIRST + "'"));
            SQLException refused = assertThrows(
                    SQLException.class, () -> DriverManager.getConnection("jdbc:" + database.url(), FIRST, "first"));
            assertEquals("28P01", refused.getSQLState());
        } finally {
            calling.set(false);
            for (Running pod : ready) {
                pod.close();
            }
        }
    }

    private void call() {
        for (int i = 0; calling.get(); i++) {
            Running pod = ready.get(i % ready.size());
            String name = Thread.currentThread().getId() + "-" + i;
            answers.add(pod.as(KEY).code("/customer_groups"));
            answers.add(pod.as(KEY)
                    .post("/customers", "[{\"name\":\"" + name + "\"}]")
                    .extract()
                    .statusCode());
        }
    }

    private static Running start(PostgresProcess database, String user, String password) throws Exception {
        Running pod = PackagedApplication.start(database.environment(
                "QUARKUS_DATASOURCE_USERNAME=" + user,
                "QUARKUS_DATASOURCE_PASSWORD=" + password,
                "QUARKUS_DATASOURCE_MIGRATION_USERNAME=customer_groups_migration",
                "BACKOFFICE_BITKEYS_ACME=" + KEY));
        Await.atMost(SOON)
                .until(() -> pod.management("/q/health/ready").extract().statusCode(), is(200));
        return pod;
    }

    private static String statement(String text) {
        return PAGE.block("sql", text).text();
    }
}
