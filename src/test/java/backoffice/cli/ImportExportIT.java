package backoffice.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.cli.RemoteServer.Answer;
import backoffice.testsupport.Await;
import backoffice.testsupport.BesideOtherTests;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.End;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands {@code import} and {@code export}, which have no database, between two vendors of an instance. */
@Tag("slow")
@BesideOtherTests
class ImportExportIT {

    private static final String KEY = "source-key";
    private static final String MOVER_KEY = "key of the mover";
    private static final Map<String, String> KEYS = Map.of("SOURCE_BITKEY", KEY, "TARGET_BITKEY", MOVER_KEY);

    private static String server;

    @AutoClose
    private static EmptyDatabase database;

    @AutoClose
    private static Running service;

    @TempDir
    Path directory;

    @BeforeAll
    static void start_the_service() throws Exception {
        database = new EmptyDatabase();
        service = PackagedApplication.start(
                database.environment("BACKOFFICE_BITKEYS_SOURCE=" + KEY, "BACKOFFICE_BITKEYS_MOVER=" + MOVER_KEY));
        server = "http://localhost:" + service.port();
    }

    @AfterEach
    void delete_all_customers_and_groups() {
        database.execute("delete from customer; delete from customer_group");
    }

    @Test
    void a_stopped_import_leaves_complete_batches_and_a_second_run_completes_it() throws Exception {
        // Given an import whose second batch has no answer
        customers("patient", 4_000);
        End stopped;
        try (RemoteServer target = new RemoteServer(service.port())) {
            target.at("/customers", Answer.PASSED_ON, Answer.TRICKLE);
            try (Running command = PackagedApplication.startCommand(
                    KEYS, "import", server, "--to", target.base().toString())) {
                Await.atMost(Duration.ofMinutes(1)).until(ImportExportIT::created, is(1000L));

                // When it is stopped
                command.terminate();
                stopped = command.awaitEnd();
            }
        }
        long created = created();
        Outcome rest = importFrom(server);

        // Then the first batch is there, and a second run brings the others
        assertThat(stopped.exitCode(), is(143));
        assertThat(stopped.output(), not(containsString("Exception")));
        assertThat(created, is(1000L));
        assertThat(rest.err(), rest.exitCode(), is(0));
        assertEquals(stored("source"), stored("mover"));
    }

    @Test
    void an_import_of_an_export_restores_every_name_and_value() throws Exception {
        // Given customers with special characters, and an empty group
        customers("plain", 1_500);
        service.as(KEY).post("/customers", """
                [{"name":"\u4e0a\u6d77 😀 \\"quoted\\" \\\\ / %2F ?#; <b>","groupName":"plain group 1","description":"two\\nlines\\tand a tab"},
                 {"name":"no group","regDate":"0001-01-01 00:00:00","officeNumber":"1","mobileNumber":"2","email":"3","address":"4",
                  "city":"5","country":"6","postcode":"7","contact":"8","referenceId":"9"},
                 {"name":" leading and trailing "},{"name":"\u009b31mred\u2066\u2028","description":"\u007f\u0085\u202e"}]""").statusCode(200);
        database.execute("insert into customer_group (vendor, name) values ('source', 'empty')");

        // When the vendor is exported and imported, after a dry run
        Outcome export = run("export", "--from", server);
        Path backup = Files.writeString(directory.resolve("backup.jsonl"), export.out());
        Outcome dryRun = importFrom(backup.toString(), "--dry-run");
        long createdByDryRun = created();
        Outcome restore = importFrom(backup.toString());

        // Then the dry run has changed nothing, and a second export is the same
        assertThat(export.err(), export.exitCode(), is(0));
        assertEquals("customers read: 1,504\ngroups read: 11\n", export.err());
        assertThat(dryRun.err(), dryRun.exitCode(), is(0));
        assertEquals("customers new: 1,504\ncustomers read: 1,504\ngroups new: 11\ngroups read: 11\n", dryRun.out());
        assertThat(createdByDryRun, is(0L));
        assertThat(restore.err(), restore.exitCode(), is(0));
        assertEquals(
                export, PackagedApplication.command(Map.of("SOURCE_BITKEY", MOVER_KEY), "export", "--from", server));
        // And a terminal can show the file
        assertThat(Files.readString(backup), containsString("""
                        {"customer":{"name":"\\u009b31mred\\u2066\\u2028","description":"\\u007f\\u0085\\u202e","""));
    }

    @Test
    void wrong_usage_is_explained() throws Exception {
        Outcome help = run("import", "--help");

        assertThat(help.exitCode(), is(0));
        assertThat(help.out(), containsString("SOURCE_BITKEY"));
        assertThat(help.out(), containsString(" Default: http://localhost:8080."));
        for (String wrong : List.of("imprt", "import", "import " + server + " --vendor a", "export " + directory)) {
            Outcome outcome = run(wrong.split(" "));
            assertThat(wrong, outcome.exitCode(), is(2));
            assertThat(wrong, outcome.err(), not(containsString("\tat ")));
        }
    }

    @Test
    void refused_items_and_failures_are_reported_without_a_stack_trace_or_a_key() throws Exception {
        Path file = Files.writeString(
                directory.resolve("a.jsonl"), "{\"group\":{\"name\":\"a\"}}\n{\"customer\":{\"name\":\".\"}}\n");

        Outcome some = importFrom(file.toString());
        assertThat(some.exitCode(), is(1));
        assertThat(some.err(), startsWith("refused: line 2: customer \".\": name: "));
        assertThat(some.out(), containsString("refused with status 1001: 1"));
        assertFails("java.nio.file.NoSuchFileException: ftp:", importFrom("ftp://a"));
        assertFails("nowhere is not the address of a server.", run("export", "--from", "nowhere"));
        for (String wrong : List.of("http://a?b", "ftp://a")) {
            assertFails(wrong + " is not the address of a server.", run("import", "-", "--to", wrong));
        }
        assertFails(
                "Set TARGET_BITKEY to the bitkey of " + server + ".",
                PackagedApplication.command(Map.of("SOURCE_BITKEY", KEY), "import", server, "--to", server));
        assertFails("java.io.IOException: ", importFrom(directory.toString()));
        assertFails(
                "http://localhost:1/bitanswer/api/customer_groups",
                run("import", file.toString(), "--to", "http://localhost:1"));
        Map<String, String> wrongKey = Map.of("SOURCE_BITKEY", "nobody's key", "TARGET_BITKEY", "nobody's key");
        for (String from : List.of(server, file.toString())) {
            Outcome outcome = PackagedApplication.command(wrongKey, "import", from, "--to", server);
            assertThat(outcome.err(), containsString("answers HTTP 401, status 1102: "));
            assertFails(server, outcome);
        }
    }

    @Test
    void a_source_that_has_the_names_of_customers_alone_has_an_exit_code_of_its_own() throws Exception {
        try (RemoteServer source = new RemoteServer(0)) {
            source.at("/customer_groups", Answer.page("{'name':'g'}"));
            source.at("/customer_groups/g/customers", Answer.page("{'name':'a'}", "{'name':'..'}"));

            Outcome imported = importFrom(source.base().toString());
            Outcome exported = run("export", "--from", source.base().toString());

            assertThat(imported.exitCode(), is(4));
            assertThat(imported.err(), containsString("The source has no GET /customers."));
            assertThat(imported.err(), containsString("refused: customer \"..\" of group \"g\""));
            assertThat(imported.out(), containsString("customers new: 1\n"));
            assertThat(exported.exitCode(), is(4));
            assertThat(exported.out(), containsString("{\"customer\":{\"name\":\"a\",\"groupName\":\"g\"}}"));
        }
    }

    private static void assertFails(String words, Outcome outcome) {
        assertThat(outcome.err(), startsWith(words));
        assertThat(outcome.err(), not(containsString("\tat ")));
        assertThat(outcome.err(), not(containsString("nobody's key")));
        assertThat(outcome.exitCode(), is(3));
    }

    /** Inserts customers into ten groups and without a group. They have a city, a regDate and a referenceId. */
    private static void customers(String name, int number) {
        database.execute("""
                insert into customer_group (vendor, name) select 'source', '%1$s group ' || i from generate_series(1, 10) i;
                insert into customer (vendor, name, group_id, reg_date, city, reference_id)
                select 'source', '%1$s ' || i, g.id, timestamp '2020-01-01' + i * interval '1 minute', '上海', '%1$s ' || i
                from generate_series(1, %2$d) i left join customer_group g on g.name = '%1$s group ' || (i %% 11)
                """.formatted(name, number));
    }

    private static long created() {
        return Long.parseLong(database.text("select count(*) from customer where vendor = 'mover'"));
    }

    /** The groups and customers of a vendor, one a line. */
    private static List<String> stored(String vendor) {
        return database.text("""
            select string_agg(line, chr(10) order by line) from (
              select 'group ' || name from customer_group where vendor = '%1$s' union all
              select (to_jsonb(c) - 'vendor' - 'id' - 'group_id' || jsonb_build_object('group', g.name))::text
              from customer c left join customer_group g on g.id = c.group_id where c.vendor = '%1$s') stored (line)
            """.formatted(vendor)).lines().toList();
    }

    private static Outcome importFrom(String from, String... options) throws IOException, InterruptedException {
        return run(Stream.concat(Stream.of("import", from, "--to", server), Stream.of(options))
                .toArray(String[]::new));
    }

    private static Outcome run(String... command) throws IOException, InterruptedException {
        return PackagedApplication.command(KEYS, command);
    }
}
