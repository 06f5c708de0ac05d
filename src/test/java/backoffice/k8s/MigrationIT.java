package backoffice.k8s;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PostgresProcess;
import backoffice.testsupport.Threads;
import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged application with the arguments and variables of the init container migrates as docs/adr/0032 describes. */
@Tag("slow")
@NeedsKustomize
class MigrationIT {

    private static final int PODS = 3;

    @AutoClose
    private PostgresProcess database;

    @BeforeEach
    void start() throws IOException {
        database = new PostgresProcess();
    }

    @Test
    void pods_that_start_together_migrate_the_schema_once() throws IOException {
        List<Outcome> ends = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> migrate(database.user()), Threads.NEW))
                .limit(PODS)
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(ends.stream().map(Outcome::exitCode).toList(), everyItem(is(0)));
        assertEquals(migrations(), database.number("select count(*) from flyway_schema_history where success"));
        assertEquals(migrations(), database.number("select count(*) from flyway_schema_history"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', permission denied for schema public, ''",
        "'grant create on schema public to reader; revoke usage on language plpgsql from public',"
                + " permission denied for language plpgsql, Location"
    })
    void a_migration_that_fails_ends_the_container_with_a_failure_and_the_cause(
            String grants, String cause, String place) {
        database.execute("create role reader login; " + grants);

        Outcome end = migrate("reader");

        assertThat(end.exitCode(), is(not(0)));
        assertThat(end.err(), containsString(cause));
        assertThat(end.err(), containsString(place));
        // Flyway names an option that the command does not have.
        assertThat(end.err(), not(containsString("-X")));
        assertEquals(
                0,
                database.number(
                        "select count(*) from pg_tables where schemaname = 'public' and tablename = 'customer'"));
    }

    private Outcome migrate(String user) {
        Map<String, String> environment = new HashMap<>();
        JsonNode migration = Manifests.of("production").only("Api").at("/spec/initContainers/0");
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database.url());
        environment.put("QUARKUS_DATASOURCE_USERNAME", "service");
        environment.put("QUARKUS_DATASOURCE_MIGRATION_USERNAME", user);
        return Unchecked.supplier(() -> PackagedApplication.command(
                        environment, Json.texts(migration, "/args/*").toArray(String[]::new)))
                .get();
    }

    private static long migrations() throws IOException {
        try (var files = Files.walk(Path.of("src", "main", "resources", "db"))) {
            return files.filter(file -> file.getFileName().toString().matches("[VR].*\\.sql"))
                    .count();
        }
    }
}
