package backoffice.docs;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.RepositoryFiles;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documented command restores each dump, with the programs of a PostgreSQL of the machine. */
@Tag("slow")
@BesideOtherTests
class RestoreIT {

    private static final Page PAGE = Page.of("docs/backup.md");

    private static final String CUSTOMER = """
            with g as (insert into customer_group (vendor, name) values ('acme', '%1$s') returning vendor, id)
            insert into customer (vendor, name, group_id, reg_date) select vendor, '%1$s', id, now() from g;
            """;

    /** What the database is: its rows, whether it records changes, and that lists, roles and plans are as they were made. */
    private static final String STATE = """
            select (select string_agg(name, ' ') from customer), (select sum(rows) from row_count where list = 'customers'),
                (select count(*) from pg_trigger where tgname like 'history_%'), to_regclass('history') is not null,
                to_regclass('customer_vendor_texts_idx') is not null,
                has_table_privilege('customer_groups', 'customer', 'delete'),
                (select string_agg(distinct tableowner, ' ') from pg_tables where schemaname = 'public'),
                (select max(attstattarget) from pg_attribute where attname = 'vendor' and attrelid = 'customer'::regclass)
            """;

    /** What the part of Compose has. Its role owns the database. */
    private static final String ENVIRONMENT = "export PGUSER=customer_groups_migration PGDATABASE=customer_groups\n";

    private DebianServer server;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws IOException {
        Bash.require();
        server = new DebianServer(directory, "fsync = off");
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void each_dump_replaces_each_database_with_or_without_the_history() throws Exception {
        // Given a database with a history, and one without it that has the optional index
        Map<String, String> states = Map.of(
                "on", "on|1|4|t|f|t|customer_groups_migration|0", "off", "off|1|0|f|t|t|customer_groups_migration|0");
        for (String history : states.keySet()) {
            server.asOwner("createdb --owner=customer_groups_migration --template=customer_groups " + history);
            migrate(history, history);
            server.query(history, CUSTOMER.formatted(history));
        }
        server.query("off", RepositoryFiles.text(Path.of("deploy/postgresql/contains-index.sql")));
        for (String each : states.keySet()) {
            assertEquals(states.get(each), server.query(each, STATE));
            onPage("pg_dump", each);
        }

        // When the owner of the tables restores each dump into each of them, then the database is as it was dumped
        for (String before : states.keySet()) {
            for (String dumped : states.keySet()) {
                server.asOwner("createdb --owner=customer_groups_migration --template=%s target".formatted(before));
                String restore = server.here(PAGE.block("sh", "restore.sh").text())
                        .replace("customer_groups.dump customer_groups", dumped + ".dump target");
                server.asOwner("export PGUSER=customer_groups_migration\n" + restore);
                assertEquals(states.get(dumped), server.query("target", STATE));

                // And when a dump is cut, then nothing changes
                server.asOwner("head -c -40 backup/%s.dump > backup/cut\n! %s"
                        .formatted(before, restore.replaceAll("\\S+\\.dump", "backup/cut")));
                assertEquals(states.get(dumped), server.query("target", STATE));
                server.asOwner("dropdb target");
            }
        }
    }

    @Test
    void compose_keeps_the_dumps_of_a_lost_volume_until_they_are_restored() throws Exception {
        // Given a dump of a database whose volume is lost, and which the service has made again
        migrate("customer_groups", "on");
        server.query("customer_groups", CUSTOMER.formatted("kept"));
        assertEquals(1, backup().size());
        server.asOwner("touch -d '-20 days' backup/*.dump; mv backup/*.dump backup/2026-11-27T023000.dump");
        server.asOwner("dropdb customer_groups");
        server.asOwner("createdb --owner=customer_groups_migration customer_groups");
        migrate("customer_groups", "off");

        // When Compose makes its dump, then it is no dump of nothing
        assertEquals(List.of("2026-11-27T023000.dump"), backup());

        // And the command of the page restores the one of before
        String command = Page.of("docs/install.md").block("sh", "restore.sh").commands().stream()
                .map(Shell.Command::text)
                .filter(text -> text.contains("restore.sh"))
                .findFirst()
                .orElseThrow();
        server.asOwner(
                ENVIRONMENT + server.here(command).replace("docker compose exec backup ", "bash deploy/postgresql/"));
        assertEquals("kept", server.query("customer_groups", "select name from customer"));

        // And it stays while a newer one cannot be read, and goes when there is a good one
        server.asOwner("head -c -40 backup/2026-11-27T023000.dump > backup/2026-12-01T023000.dump");
        assertThat(backup(), hasItems("2026-11-27T023000.dump", "2026-12-01T023000.dump"));
        assertThat(backup(), not(hasItem("2026-11-27T023000.dump")));
    }

    /** Runs the script of Compose up to its first pause, and returns the dumps that are there then. */
    private List<String> backup() throws IOException {
        String script = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("compose.yaml").toFile())
                .at("/services/backup/command/0")
                .textValue()
                .replace("$$", "$")
                .replace("/tmp/", directory + "/");
        // Each dump has its second as its name.
        String output = server.asOwner(
                ENVIRONMENT + "wait() { sleep 1; exit; }\nsleep() { command sleep 1; }\n" + server.here(script));
        assertEquals("", output);
        return Stream.of(directory.resolve("backup").toFile().list()).sorted().toList();
    }

    private void onPage(String word, String database) {
        server.asOwner(server.here(PAGE.block("sh", word).text())
                .replace("customer_groups.dump customer_groups", database + ".dump " + database));
    }

    private void migrate(String database, String history) throws IOException, InterruptedException {
        Map<String, String> environment = new HashMap<>(server.environment(server.port, database));
        environment.put("BACKOFFICE_HISTORY", history);
        assertEquals(
                0, PackagedApplication.command(environment, "schema", "migrate").exitCode());
    }
}
