package backoffice.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Shell.Command;
import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CommandsTest {

    private static final String REHEARSAL = "docs/rehearse.sh --list";

    /** A reader pastes a block as a whole. */
    @Test
    void no_block_rehearses_an_import_and_also_does_it() {
        List<String> both = Page.all().stream()
                .flatMap(page -> page.blocks("sh").stream())
                .filter(block -> block.text().contains(" --dry-run")
                        && block.commands().stream()
                                .map(Command::text)
                                .anyMatch(text -> text.contains(" import ") && !text.contains(" --dry-run")))
                .map(Shell::place)
                .toList();

        assertEquals(List.of(), both);
    }

    @Test
    void each_command_of_the_docs_is_run_by_a_test_by_the_build_or_by_the_rehearsal() {
        Bash.require("awk");
        // The build packages on its way to verify.
        Set<String> run = new HashSet<>(Set.of("./mvnw package", REHEARSAL));
        Bash.output(REHEARSAL).lines().map(line -> line.split("\t")[2]).forEach(run::add);
        Stream.of(".ci/run", "ci.yml", "kubernetes.yml", "rehearsal.yml")
                .map(file -> Path.of(file.endsWith(".yml") ? ".github/workflows/" + file : file))
                .flatMap(file -> RepositoryFiles.text(file).lines())
                .forEach(line -> run.add(line.strip().replaceFirst("^- run: ", "")));
        Stream<List<Shell>> ofPages = Page.all().stream()
                .flatMap(page -> Stream.of(Commands.calls(page), Commands.starts(page), Commands.ofApplication(page)));
        Stream<List<Shell>> ofOthers =
                Stream.of(Commands.ofCluster(), Page.of("docs/backup.md").blocks("sh"), Commands.ofPersonalData());
        Stream.concat(ofPages, ofOthers)
                .flatMap(List::stream)
                .flatMap(block -> block.commands().stream())
                .map(Command::text)
                .forEach(run::add);

        List<String> left = Commands.all()
                .filter(command -> !run.contains(command.text()))
                .map(command -> command.place() + ": " + command.text())
                .toList();

        assertEquals(List.of(), left);
    }
}
