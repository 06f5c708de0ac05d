package backoffice.docs;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
    private static final String SETTINGS = PAGE.blocks("ini").get(0).text();
    private static final String ROW_COUNTS = PAGE.blocks("sql").get(0).text();
    private static final String RESTORED = "customer_groups_restored";

    private DebianServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        Bash.require("openssl");
        server = new DebianServer(directory, SETTINGS);
        run("mkdir");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void a_dump_and_a_recovery_bring_back_rows_counts_keys_stored_responses_and_changes() throws Exception {
        // Given a service whose data are in a dump, in a base backup and in the archive
        Map<String, String> environment = server.environment(server.port, "customer_groups");
        PackagedApplication.command(environment, "schema", "migrate");
        String key = PackagedApplication.command(environment, "keys", "create", "--vendor", "acme", "--name", "ci")
                .out()
                .strip();
        run("pg_basebackup");
        String moment;
        try (Running service = PackagedApplication.start(environment)) {
            Api api = service.as(key);
            create(api, "kept");
            run("pg_basebackup");
            moment = server.query("postgres", "select clock_timestamp()");
            run("pg_dump");

            // When more is changed, and the database is restored to the moment before
            create(api, "lost");
        }
        awaitArchived();
        String base = server.asOwner("rm -r $(ls -d backup/base-* | head -1)\nls -d $PWD/backup/base-*");
        run("pg_archivecleanup");
        runWith("createdb", "=UTF8 customer_groups", "=UTF8 " + RESTORED);
        runWith("restore.sh", "dump customer_groups", "dump " + RESTORED);
        server.asOwner(here("pg_switch_wal")
                .replace("2026-11-27 02:30:00+08", moment)
                .replaceFirst("\\S+/base-2026\\S+", base.strip()));

        // Then what was there comes back, and what came later does not
        check(server.port, RESTORED, key);
        check(server.restoredPort, "customer_groups", key);
        // And nobody else can read the files
        assertEquals("", server.asOwner("find backup -type f -perm /077"));
    }

    @Test
    void the_archive_goes_on_after_a_file_that_a_full_disk_has_cut() {
        // Given a file that could be written in part only
        String segment = server.query("postgres", "select pg_walfile_name(pg_current_wal_lsn())");
        server.query("postgres", "create table filled as select md5(i::text) from generate_series(1, 20000) i");
        String archive = server.here(SETTINGS.lines()
                        .filter(line -> line.startsWith("archive_command"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("^[^']*'|'$", ""))
                .replace("%f", segment);
        String copy = "cp data/pg_wal/%s segment\n".formatted(segment);
        String exitCode = "sh -c '" + archive.replace("%p", "segment") + "' >&2 && echo 0 || echo $?";
        String cut = server.asOwner(copy + "(trap '' XFSZ; ulimit -f 16; " + exitCode + ")");

        // When
        server.query("postgres", "select pg_switch_wal()");
        awaitArchived();

        // Then it is whole. The same file may come again, as after a crash, and no other one.
        String again = server.asOwner(copy + exitCode);
        String other = server.asOwner("printf other >> segment\n" + exitCode);
        assertEquals("1 0 1", String.join(" ", cut.strip(), again.strip(), other.strip()));
    }

    private void check(int port, String database, String key) throws IOException {
        assertEquals("", server.query(port, database, ROW_COUNTS));
        try (Running service = PackagedApplication.start(server.environment(port, database))) {
            Api api = service.as(key);
            api.get("/customers").body("data.items.name", contains("kept"));
            assertEquals("true", create(api, "kept"));
            api.get("/backoffice/history").body("data.items.after.name", contains("kept"));
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

    private void run(String word) {
        server.asOwner(here(word));
    }

    private void runWith(String word, String text, String other) {
        server.asOwner(here(word).replace(text, other));
    }

    /** The block of the page with that word, with the paths of the server. */
    private String here(String word) {
        return server.here(PAGE.block("sh", word).text());
    }

    /** Waits until everything up to now is in the archive. */
    private void awaitArchived() {
        String segment = server.query("postgres", "select pg_walfile_name(pg_switch_wal())");
        String isArchived = "select coalesce(last_archived_wal, '') >= '%s' from pg_stat_archiver".formatted(segment);
        Await.atMost(Duration.ofMinutes(1)).until(() -> server.query("postgres", isArchived), is("t"));
    }
}
