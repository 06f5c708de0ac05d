package backoffice.docs;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import backoffice.docs.Bash.Done;
import backoffice.docs.Shell.Command;
import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.PackagedApplication.Running;
import backoffice.testsupport.Sql;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.DisabledIf;

/**
 * Every call that the docs show has the answer that they show, as a shell runs it on the demo data. The packaged
 * application is started as docs/configuration.md says, on a database that is created as k8s/README.md says.
 */
@Tag("slow")
class CallsIT {

    private static final String DATABASE = "customer_groups";

    private static Shell start;
    private static Map<String, String> environment;
    private static Running service;

    @BeforeAll
    static void start() throws Exception {
        Bash.require("curl", "openssl", "jq");
        createDatabase();
        start = Commands.starts(Page.of("docs/configuration.md")).get(0);
        environment = environment();
        service = PackagedApplication.start(environment);
    }

    @AfterAll
    static void stop() {
        if (service != null) {
            service.close();
            Sql.execute("drop database " + DATABASE + " with (force)");
            Sql.execute("drop role customer_groups, customer_groups_migration");
        }
    }

    @Test
    @DisabledIf(
            value = "backoffice.testsupport.PackagedApplication#isNative",
            disabledReason = "the docs start a jar, and a native executable was built")
    void what_was_started_is_what_the_docs_start() {
        assertThat(
                start.text(), endsWith("\njava -XX:+ExitOnOutOfMemoryError -jar " + PackagedApplication.file() + "\n"));
    }

    @TestFactory
    Stream<DynamicTest> each_call_of_the_docs_is_answered_as_they_show() {
        return Page.all().stream().flatMap(page -> {
            List<Command> commands = Commands.calls(page).stream()
                    .flatMap(block -> block.commands().stream())
                    .toList();
            if (commands.isEmpty()) {
                return Stream.of();
            }
            Sql.demoDataOfDev(DATABASE);
            List<Done> done = Bash.run(
                    commands.stream().map(command -> here(command.text())).toList(),
                    Map.of("key", environment.get("BACKOFFICE_BITKEYS_ACME")));
            return IntStream.range(0, commands.size())
                    .mapToObj(i -> dynamicTest(
                            page.file() + ": " + commands.get(i).text(), () -> check(commands.get(i), done.get(i))));
        });
    }

    @Test
    void each_command_of_the_application_succeeds() {
        Sql.demoDataOfDev(DATABASE);
        Set<String> seen = new HashSet<>();
        Stream<String> commands = Page.all().stream()
                .flatMap(page -> Commands.ofApplication(page).stream())
                .flatMap(block -> block.commands().stream())
                .map(Command::text)
                .filter(text -> !text.contains(Commands.START) || seen.add(text))
                .map(CallsIT::here);
        // A failure shows the commands up to the one that fails.
        Bash.output(commands.collect(joining("\n", "set -ev\n", "")), environment);
    }

    @Test
    void what_was_moved_or_deleted_over_there_is_so_here_after_the_commands_of_the_docs() {
        // Given a customer that has another name and group over there, and customers and a group here alone
        Sql.demoDataOfDev(DATABASE);
        Sql.executeIn(DATABASE, """
                insert into customer_group (vendor, name) values ('acme', 'left/over 组');
                insert into customer (vendor, name, group_id, reg_date, reference_id)
                select 'acme', old.name, id, now(), reference from customer_group,
                  (values ('the old name', 'crm-1001'), ('sns', null), ('a "b" \\ %?+', null)) old (name, reference) where vendor = 'acme';
                insert into customer (vendor, name, reg_date) values ('acme', 'in no group', now())
                """);
        List<List<String>> blocks = Commands.ofApplication(Page.of("docs/moving-over.md")).stream()
                .filter(block ->
                        block.text().contains("--overwrite") || block.text().contains("delete.jsonl"))
                .map(block -> block.commands().stream()
                        .map(command -> here(command.text()))
                        .toList())
                .toList();

        // When both are compared after an import, and after a deletion
        List<Done> done = Bash.run(
                Stream.of(0, 1, 2, 1)
                        .flatMap(block -> blocks.get(block).stream())
                        .toList(),
                environment);

        // Then
        int imported = blocks.get(0).size() - 1;
        int compared = imported + blocks.get(1).size() - 1;
        Done comparedAgain = done.get(done.size() - 2);
        assertThat(done.get(imported).output(), containsString("customers moved: 1\n"));
        assertThat(done.get(compared).output(), containsString("> {\"group\":{\"name\":\"left/over 组\"}}"));
        assertEquals(new Done(0, ""), comparedAgain);
    }

    /** Both servers are this one: over there is the vendor of dev mode. Files are beside what is built. */
    private static String here(String command) {
        String server = "http://localhost:" + service.port();
        return command.replaceAll("(" + Commands.START + " import) ", "$1 --to " + server + " ")
                .replaceAll("(" + Commands.START + " export) (?!.*--from)", "$1 --from " + server + " ")
                .replace(Commands.START, PackagedApplication.commandLine())
                .replace("https://back-office-api.bitanswer.cn", server)
                .replace("the-key-over-there", "dev-bitkey")
                .replace("the-key-here", environment.get("BACKOFFICE_BITKEYS_ACME"))
                .replaceAll("\\b(there|here|exported|customers|delete)\\.jsonl", "target/$1.jsonl")
                .replace("http://localhost:8080/", server + "/");
    }

    private static void check(Command command, Done done) {
        assertEquals(0, done.exitCode(), done.output());
        if (command.text().startsWith("curl -i ")) {
            assertThat(done.lines(), hasItems(command.answer().toArray(String[]::new)));
        } else if (!command.answer().isEmpty()) {
            assertEquals(command.answer(), done.lines());
        } else if (command.text().startsWith("curl ")) {
            assertThat(done.output(), startsWith("{\"status\":0,"));
        }
    }

    /** The variables of the docs, with the database of the tests and the user that changes the schema. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(Bash.exports(start));
        environment.replace(
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://localhost:5432/" + DATABASE, Sql.urlOf(DATABASE));
        environment.put(
                "QUARKUS_DATASOURCE_MIGRATION_USERNAME", environment.get("QUARKUS_DATASOURCE_USERNAME") + "_migration");
        environment.put("BACKOFFICE_BITKEYS_DEV", "dev-bitkey");
        environment.put("BACKOFFICE_HISTORY", "on");
        return environment;
    }

    private static void createDatabase() {
        String script = Page.of("k8s/README.md").blocks("sql").get(0).text().replace("'…'", "'change-me'");
        String[] parts = script.split("\\\\connect " + DATABASE);
        Stream.of(parts[0].strip().split(";")).forEach(Sql::execute);
        Sql.executeIn(DATABASE, parts[1]);
    }
}
