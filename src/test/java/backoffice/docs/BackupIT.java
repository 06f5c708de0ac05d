package backoffice.docs;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/backup.md bring back what that page says, on a PostgreSQL of the machine with its settings. */
@Tag("slow")
@BesideOtherTests
class BackupIT {

    private static final Page PAGE = Page.of("docs/backup.md");
    private static final String ROW_COUNTS = PAGE.blocks("sql").get(0).text();

    private final int port = Ports.free();
    private final int restoredPort = Ports.free();
    private final String url = "postgresql://localhost:" + port + "/customer_groups";
    private Path programs;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        Bash.require("openssl");
        programs = Programs.ofPostgres("pg_verifybackup").orElse(null);
        assumeTrue(programs != null, "There is no PostgreSQL of Debian, which this test needs");
        Files.createDirectories(directory.resolve("backup/wal"));
        Files.writeString(
                directory.resolve("more.conf"), here(PAGE.blocks("ini").get(0).text()));
        asOwner("""
            initdb --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C
            cat more.conf >> data/postgresql.conf
            pg_ctl --pgdata=data --log=log --wait --options='-p %d -k %s' start\
            """.formatted(port, directory));
    }

    @AfterEach
    void stop() {
        if (programs != null) {
            asOwner("""
                for data in data restored; do
                  [ ! -f $data/postmaster.pid ] || pg_ctl --pgdata=$data --mode=fast --wait stop
                done\
                """);
        }
    }

    @Test
    void a_dump_and_a_recovery_bring_back_rows_counts_keys_stored_responses_and_changes() throws Exception {
        // Given a service whose data are in a dump, in a base backup and in the archive
        query("postgres", Page.of("k8s/README.md").blocks("sql").get(0).text().replace("'…'", "'change-me'"));
        PackagedApplication.command(environment(url), "schema", "migrate");
        String key = PackagedApplication.command(environment(url), "keys", "create", "--vendor", "acme", "--name", "ci")
                .out()
                .strip();
        String moment;
        try (Running service = PackagedApplication.start(environment(url))) {
            Api api = service.as(key);
            run("pg_basebackup", "", "");
            create(api, "kept");
            moment = query("postgres", "select clock_timestamp()");
            run("pg_dump", "", "");

            // When more is changed, and the database is restored to the moment before
            create(api, "lost");
        }
        awaitArchived();
        run("createdb", "", "");
        run("pg_switch_wal", "2026-11-27 02:30:00+08", moment);

        // Then what was there comes back, and what came later does not
        for (String restored : List.of(url + "_restored", url.replace(":" + port, ":" + restoredPort))) {
            assertEquals("", query(restored, ROW_COUNTS));
            try (Running service = PackagedApplication.start(environment(restored))) {
                Api api = service.as(key);
                api.get("/customers").body("data.items.name", contains("kept"));
                assertEquals("true", create(api, "kept"));
                api.get("/backoffice/history").body("data.items.after.name", contains("kept"));
            }
        }
    }

    /** Creates a customer, with its name as the idempotency key too, and returns the header of a repetition. */
    private static String create(Api api, String name) {
        return api.with("x-bit-req-id", name)
                .post("/customers", "[{\"name\":\"%s\"}]".formatted(name))
                .statusCode(200)
                .extract()
                .header("x-bit-req-replayed");
    }

    private static Map<String, String> environment(String url) {
        return Map.of(
                "QUARKUS_DATASOURCE_REACTIVE_URL", url,
                "QUARKUS_DATASOURCE_USERNAME", "customer_groups",
                "QUARKUS_DATASOURCE_PASSWORD", "change-me",
                "QUARKUS_DATASOURCE_MIGRATION_USERNAME", "customer_groups_migration",
                "BACKOFFICE_BITKEYS_ACME", "configured",
                "BACKOFFICE_HISTORY", "on");
    }

    /** Runs the block of the page with that word, with another text instead of one. */
    private void run(String word, String text, String other) {
        PAGE.block("sh", word)
                .commands()
                .forEach(command -> asOwner(here(command.text().replace(text, other))));
    }

    /** A command of the page with the paths and ports of this server. */
    private String here(String command) {
        return command.replace("/var/lib/postgresql/", directory + "/")
                .replace("/backup", directory + "/backup")
                .replace("localhost:5432", "localhost:" + port)
                .replace("-p 5433", "-p %d -k %s".formatted(restoredPort, directory));
    }

    /** What a query prints on a database, which has a name or a URL. */
    private String query(String database, String sql) {
        return asOwner("psql --no-psqlrc --set=ON_ERROR_STOP=1 --tuples-only --no-align '%s' <<'SQL'\n%s\nSQL"
                        .formatted(database, sql))
                .strip();
    }

    /** Waits until everything up to now is in the archive. */
    private void awaitArchived() {
        String segment = query("postgres", "select pg_walfile_name(pg_switch_wal())");
        String isArchived = "select coalesce(last_archived_wal, '') >= '%s' from pg_stat_archiver".formatted(segment);
        Await.atMost(Duration.ofMinutes(1)).until(() -> query("postgres", isArchived), is("t"));
    }

    /** What a script prints that the user of the server runs. It must succeed. */
    private String asOwner(String commands) {
        String script = "set -eu\ncd %s\nexport PATH=%s:$PATH PGHOST=localhost PGPORT=%d PGUSER=postgres\n%s"
                .formatted(directory, programs, port, commands);
        return System.getProperty("user.name").equals("root")
                ? Bash.output("chown -R postgres %s\nrunuser -u postgres -- bash -s <<'SCRIPT'\n%s\nSCRIPT\n"
                        .formatted(directory, script))
                : Bash.output(script);
    }
}
