package backoffice.cli;

import static java.util.stream.Collectors.toSet;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.testsupport.Api;
import backoffice.testsupport.EmptyDatabase;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Command;
import backoffice.testsupport.PackagedApplication.Outcome;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Ports;
import backoffice.testsupport.PostgresResource;
import backoffice.testsupport.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands {@code import} and {@code export} of the packaged application, between a second
 * instance and the database of the tests.
 */
@Tag("slow")
class ImportExportIT {

    private static final String KEY = "moving-key";
    private static final String MOVER = "mover";
    private static final int PORT = Ports.free();
    private static final String SOURCE = "http://localhost:" + PORT;

    private static EmptyDatabase database;
    private static Running source;

    @TempDir
    Path directory;

    @BeforeAll
    static void startTheSource() throws Exception {
        database = new EmptyDatabase();
        source = PackagedApplication.start(PORT, Ports.free(), sourceEnvironment());
        source.awaitListening();
        // Migrates the database of the tests, in case no other test has done it.
        linesOf(moverEnvironment(), MOVER);
    }

    @AfterAll
    static void stopTheSource() {
        source.close();
        database.close();
    }

    @BeforeEach
    @AfterEach
    void deleteAllCustomersAndGroups() {
        database.execute("delete from customer; delete from customer_group");
        Sql.execute("delete from customer where vendor = '" + MOVER + "'");
        Sql.execute("delete from customer_group where vendor = '" + MOVER + "'");
    }

    @Test
    void an_import_during_changes_copies_all_unchanged_customers_and_a_second_import_copies_the_rest()
            throws Exception {
        customers("stays", 20_000);
        customers("leaves", 2_000);
        Set<String> staying = linesOf(sourceEnvironment(), "source").stream()
                .filter(line -> line.contains("stays"))
                .collect(toSet());
        AtomicBoolean calling = new AtomicBoolean(true);
        CompletableFuture<Void> others = CompletableFuture.runAsync(() -> changeSource(calling));

        Outcome first = importFrom(SOURCE, "--page-size", "500", "--requests-per-second", "30");
        calling.set(false);
        others.join();
        Outcome second = importFrom(SOURCE + "/bitanswer/api/");

        assertThat(first.err(), first.exitCode(), is(0));
        assertThat(first.out(), matchesPattern("(?s).*customers +2\\d,\\d{3} .*"));
        assertThat(second.err(), second.exitCode(), is(0));
        Set<String> here = linesOf(moverEnvironment(), MOVER);
        assertEquals(
                List.of(), staying.stream().filter(line -> !here.contains(line)).toList());
        assertEquals(
                List.of(),
                linesOf(sourceEnvironment(), "source").stream()
                        .filter(line -> !here.contains(line))
                        .toList());
    }

    @Test
    void a_stopped_import_reports_its_progress_and_a_second_run_completes_it() throws Exception {
        customers("patient", 3_000);
        String[] slowly = {"import", SOURCE, "--vendor", MOVER, "--page-size", "50", "--requests-per-second", "8"};

        Outcome stopped;
        try (Command command = PackagedApplication.startCommand(moverEnvironment(), slowly)) {
            while (created() == 0 && command.process().isAlive()) {
                Thread.sleep(50);
            }
            command.terminate();
            stopped = command.awaitEnd();
        }
        long created = created();
        Outcome second = importFrom(SOURCE);

        assertThat(stopped.exitCode(), is(143));
        assertThat(stopped.err(), containsString("Stopped. Run the same command again to complete it."));
        assertThat(stopped.err(), not(containsString("Exception")));
        assertThat(created, is(lessThan(3_000L)));
        assertThat(stopped.out(), containsString(String.format(Locale.ROOT, " %,d ", created)));
        assertThat(second.err(), second.exitCode(), is(0));
        assertEquals(linesOf(sourceEnvironment(), "source"), linesOf(moverEnvironment(), MOVER));
    }

    @Test
    void an_import_of_an_export_restores_every_name_and_value() throws Exception {
        // Given customers with special characters, and an empty group
        customers("plain", 1_500);
        Api.as(KEY)
                .request()
                .port(PORT)
                .contentType("application/json")
                .body("""
                [{"name":"\u4e0a\u6d77 😀 \\"quoted\\" \\\\ / %2F ?#; <b>","groupName":"plain group 1","description":"two\\nlines\\tand a tab"},
                 {"name":"no group","regDate":"0001-01-01 00:00:00","officeNumber":"1","mobileNumber":"2","email":"3","address":"4",
                  "city":"5","country":"6","postcode":"7","contact":"8","referenceId":"9"},
                 {"name":" leading and trailing "}]""")
                .post(Api.BASE_PATH + "/customers")
                .then()
                .statusCode(200);
        database.execute("insert into customer_group (vendor, name) values ('source', 'empty')");
        Path backup = directory.resolve("backup.jsonl");

        // When the vendor is exported and imported
        Outcome export =
                PackagedApplication.command(sourceEnvironment(), "export", backup.toString(), "--vendor", "source");
        Outcome restore = importFrom(backup.toString());

        // Then a second export is the same
        assertThat(export.err(), export.exitCode(), is(0));
        assertThat(export.err(), containsString("11 groups and 1,503 customers written."));
        assertThat(restore.err(), restore.exitCode(), is(0));
        Outcome again = PackagedApplication.command(moverEnvironment(), "export", "--vendor", MOVER);
        assertEquals(Files.readString(backup), again.out());
        assertFalse(Files.exists(directory.resolve("backup.jsonl.part")));
    }

    @Test
    void a_dry_run_changes_nothing() throws Exception {
        customers("same", 1_200);

        Outcome dryRun = importFrom(SOURCE, "--dry-run");

        assertThat(dryRun.err(), dryRun.exitCode(), is(0));
        assertThat(dryRun.out(), containsString("would create"));
        assertThat(dryRun.out(), matchesPattern("(?s).*groups +10 +10 +0 +0\\s+customers +1,200 +1,200 +0 +0.*"));
        assertThat(created(), is(0L));
    }

    @Test
    void refused_items_make_the_exit_code_1() throws Exception {
        Path file = Files.writeString(directory.resolve("some.jsonl"), """
                {"customer":{"name":"good"}}
                {"customer":{"name":"."}}
                """);

        Outcome some = importFrom(file.toString());

        assertThat(some.exitCode(), is(1));
        assertThat(some.err(), containsString("\nrefused: customer \".\": name: "));
        assertThat(some.out(), containsString("refused with status 1001: 1"));
    }

    @Test
    void usage_errors_are_reported_in_two_lines_without_a_database() throws Exception {
        Outcome help = PackagedApplication.command(Map.of(), "import", "--help");
        Outcome command = PackagedApplication.command(Map.of(), "imprt");
        Outcome vendor = PackagedApplication.command(Map.of(), "import", SOURCE);
        Outcome page = PackagedApplication.command(Map.of(), "import", SOURCE, "--vendor", "a", "--page-size", "1001");

        assertThat(help.exitCode(), is(0));
        assertThat(help.out(), containsString("SOURCE_BITKEY"));
        for (Outcome wrong : List.of(command, vendor, page)) {
            assertThat(wrong.exitCode(), is(2));
            assertThat(wrong.err().lines().count(), is(2L));
        }
        assertThat(command.err(), containsString("imprt"));
        assertThat(vendor.err(), containsString("--vendor"));
        assertThat(page.err(), containsString("--page-size is 1001; accepted: 2 to 1000."));
    }

    @Test
    void failures_are_reported_without_a_stack_trace() throws Exception {
        Map<String, String> here = moverEnvironment();
        Map<String, String> noKeys = new HashMap<>(here);
        noKeys.keySet().removeIf(variable -> variable.startsWith("BACKOFFICE_BITKEYS_"));
        String folder = directory.toString();
        String nowhere = directory.resolve("no/such/place").toString();

        assertFails(3, "No bitkey is configured, so no client can call the API.", noKeys, "export", "--vendor", MOVER);
        assertFails(3, "Vendor b has no bitkey. Vendors with a bitkey: mover.", here, "export", "--vendor", "b");
        assertFails(3, "This database has no Citus.", here, "schema", "distribute");
        assertFails(3, "java.nio.file.NoSuchFileException: ", here, "export", nowhere, "--vendor", MOVER);
        assertFails(2, folder + " exists and is not a file.", here, "export", folder, "--vendor", MOVER);
        for (String no : List.of(folder, nowhere)) {
            String wrong = no + " is neither an http address nor a file that can be read.";
            assertFails(2, wrong, here, "import", no, "--vendor", MOVER);
        }
    }

    private static void assertFails(int exitCode, String words, Map<String, String> environment, String... command)
            throws Exception {
        Outcome outcome = PackagedApplication.command(environment, command);

        assertThat(outcome.err(), startsWith(words));
        assertThat(outcome.err(), not(containsString("\tat ")));
        assertThat(outcome.exitCode(), is(exitCode));
    }

    @Test
    void a_wrong_key_is_reported_but_not_shown() throws Exception {
        Map<String, String> wrongKey = new HashMap<>(moverEnvironment());
        wrongKey.put("SOURCE_BITKEY", "nobody's key");

        Outcome outcome = PackagedApplication.command(wrongKey, "import", SOURCE, "--vendor", "Mover");

        assertThat(outcome.exitCode(), is(3));
        assertThat(outcome.err(), containsString("answers HTTP 401, status 1102: "));
        assertThat(outcome.err(), not(containsString("nobody's key")));
        assertThat(outcome.err(), not(containsString("\tat ")));
    }

    /** Inserts customers into ten groups and without a group. They have a city, a regDate and a referenceId. */
    private static void customers(String name, int number) {
        database.execute("insert into customer_group (vendor, name) select 'source', '" + name
                + " group ' || i from generate_series(1, 10) i");
        database.execute("insert into customer (vendor, name, group_id, reg_date, city, reference_id) "
                + "select 'source', '" + name
                + " ' || i, g.id, timestamp '2020-01-01' + i * interval '1 minute', '\u4e0a\u6d77', '"
                + name + " ' || i from generate_series(1, " + number + ") i left join customer_group g on g.name = '"
                + name
                + " group ' || (i % 11)");
    }

    private static long created() {
        return Long.parseLong(Sql.text("select count(*) from customer where vendor = '" + MOVER + "'"));
    }

    private static void changeSource(AtomicBoolean calling) {
        Api api = Api.as(KEY);
        for (int i = 1; calling.get(); i++) {
            String leaving = i % 11 == 0 ? "" : Api.segment("leaves group " + i % 11) + "/";
            api.request().port(PORT).delete(Api.BASE_PATH + "/customers/" + leaving + Api.segment("leaves " + i));
            String coming = "[{\"name\":\"a comes %d\"},{\"name\":\"z comes %d\",\"groupName\":\"leaves group 1\"}]"
                    .formatted(i, i);
            api.request()
                    .port(PORT)
                    .contentType("application/json")
                    .body(coming)
                    .post(Api.BASE_PATH + "/customers");
        }
    }

    private static Outcome importFrom(String from, String... options) throws IOException, InterruptedException {
        return PackagedApplication.command(
                moverEnvironment(),
                Stream.concat(Stream.of("import", from, "--vendor", MOVER), Stream.of(options))
                        .toArray(String[]::new));
    }

    private static Set<String> linesOf(Map<String, String> environment, String vendor)
            throws IOException, InterruptedException {
        Outcome export = PackagedApplication.command(environment, "export", "--vendor", vendor);
        assertThat(export.err(), export.exitCode(), is(0));
        return export.out().lines().collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> sourceEnvironment() {
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("BACKOFFICE_BITKEYS_SOURCE", KEY);
        return environment;
    }

    private static Map<String, String> moverEnvironment() {
        Map<String, String> environment = new HashMap<>(PostgresResource.environment());
        environment.put("BACKOFFICE_BITKEYS_MOVER", "key of the mover");
        environment.put("SOURCE_BITKEY", KEY);
        return environment;
    }
}
