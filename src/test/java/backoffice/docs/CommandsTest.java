package backoffice.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each command of the docs is run by a test, by the build or a workflow, or by a script that reads it from the docs. */
class CommandsTest {

    /** What the build does on its way to {@code verify}, and tests of the packaged application rely on. */
    private static final String PART_OF_THE_BUILD = "./mvnw package";

    private static final List<String> REHEARSAL = List.of("docs/rehearse.sh", "--list");

    @BeforeAll
    static void needsAShell() {
        Bash.require("awk");
    }

    @Test
    void each_command_of_the_docs_is_run_by_a_test_by_the_build_or_by_the_rehearsal() throws Exception {
        Set<String> run = new HashSet<>(rehearsed());
        run.addAll(Files.readAllLines(Path.of(".ci", "run")));
        for (String workflow : List.of("ci.yml", "kubernetes.yml", "rehearsal.yml")) {
            lines(Path.of(".github", "workflows", workflow))
                    .forEach(line -> run.add(line.replaceFirst("^ *- run: ", "")));
        }
        run.add(PART_OF_THE_BUILD);
        run.add(String.join(" ", REHEARSAL));
        Page.all().stream().flatMap(page -> Commands.calls(page).stream()).forEach(block -> addAll(block, run));
        Page.all().stream().flatMap(page -> Commands.starts(page).stream()).forEach(block -> addAll(block, run));
        Page.all().stream()
                .flatMap(page -> Commands.ofApplication(page).stream())
                .forEach(block -> addAll(block, run));
        Commands.ofCluster().forEach(block -> addAll(block, run));
        Commands.ofBackup().forEach(block -> addAll(block, run));

        Set<String> left = Page.all().stream()
                .flatMap(page -> Commands.of(page).stream())
                .filter(command -> !run.contains(command.text()))
                .map(command -> command.place() + ": " + command.text())
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), left);
    }

    @Test
    void no_call_of_the_docs_needs_linux() {
        List<String> linux = Page.all().stream()
                .flatMap(page -> Commands.calls(page).stream())
                .flatMap(block -> block.commands().stream())
                .filter(command -> command.text().contains("/proc/"))
                .map(command -> command.place() + ": " + command.text())
                .toList();

        assertEquals(List.of(), linux);
    }

    @Test
    void each_page_that_starts_the_service_in_production_has_a_first_call_and_none_with_the_key_of_dev_mode() {
        List<Path> wrong = Page.all().stream()
                .filter(page -> Commands.startsService(page)
                        && (page.text().contains("dev-bitkey")
                                || Commands.calls(page).isEmpty()))
                .map(Page::file)
                .toList();

        assertEquals(List.of(), wrong);
    }

    @Test
    void each_file_of_the_repository_that_a_command_names_is_there() {
        Set<String> missing = Page.all().stream()
                .flatMap(page -> Commands.of(page).stream())
                .flatMap(command -> Stream.of(command.text().split("[ =;]")))
                .filter(word -> word.matches("(src|k8s|deploy|\\.ci|\\.)/.+"))
                .filter(word -> !Files.exists(Path.of(word)))
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), missing);
    }

    private static void addAll(Shell block, Set<String> run) {
        block.commands().forEach(command -> run.add(command.text()));
    }

    private static List<String> rehearsed() throws IOException {
        Process script = new ProcessBuilder(REHEARSAL)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t")[2])
                .toList();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
