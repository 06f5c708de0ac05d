package backoffice.docs;

import static java.util.stream.Collectors.toCollection;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Shell.Command;
import backoffice.testsupport.RepositoryFiles;
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

    private static final String REHEARSAL = "docs/rehearse.sh --list";

    @BeforeAll
    static void needsAShell() {
        Bash.require("awk");
    }

    @Test
    void each_command_of_the_docs_is_run_by_a_test_by_the_build_or_by_the_rehearsal() {
        Set<String> run = new HashSet<>(Set.of(PART_OF_THE_BUILD, REHEARSAL));
        Bash.output(REHEARSAL).lines().map(line -> line.split("\t")[2]).forEach(run::add);
        Stream.of(".ci/run", "ci.yml", "kubernetes.yml", "rehearsal.yml")
                .map(file -> Path.of(file.endsWith(".yml") ? ".github/workflows/" + file : file))
                .flatMap(file -> RepositoryFiles.text(file).lines())
                .forEach(line -> run.add(line.strip().replaceFirst("^- run: ", "")));
        Stream<Shell> ofPages = Page.all().stream()
                .flatMap(page -> Stream.of(Commands.calls(page), Commands.starts(page), Commands.ofApplication(page)))
                .flatMap(List::stream);
        Stream.of(ofPages, Commands.ofCluster().stream(), Commands.ofBackup().stream())
                .flatMap(blocks -> blocks)
                .flatMap(block -> block.commands().stream())
                .map(Command::text)
                .forEach(run::add);

        Set<String> left = Page.all().stream()
                .flatMap(page -> Commands.of(page).stream())
                .filter(command -> !run.contains(command.text()))
                .map(command -> command.place() + ": " + command.text())
                .collect(toCollection(TreeSet::new));

        assertEquals(Set.of(), left);
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
}
