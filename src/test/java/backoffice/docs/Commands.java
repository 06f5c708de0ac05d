package backoffice.docs;

import backoffice.docs.Shell.Command;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The commands of the docs, and which of them tests run. */
public final class Commands {

    static final String START = "java -jar target/quarkus-app/quarkus-run.jar";

    /** How the docs start the service in production. */
    static final String SERVICE = START.replace("java ", "java -XX:+ExitOnOutOfMemoryError ");

    private Commands() {}

    /** All of the docs: the lines of the blocks, and what begins as one of them does within the text. */
    static Stream<Command> all() {
        List<Command> ofBlocks = Page.all().stream()
                .flatMap(page -> page.blocks("sh").stream())
                .flatMap(block -> block.commands().stream())
                .toList();
        Set<String> programs =
                ofBlocks.stream().map(command -> command.text().split(" ")[0]).collect(Collectors.toSet());
        Stream<Command> withinText = Page.all().stream()
                .flatMap(page -> page.code().stream()
                        .filter(code -> code.contains(" ") && programs.contains(code.split(" ")[0]))
                        .map(code ->
                                new Command(page.file().toString(), code.replaceFirst(" \\[[A-Z]+]$", ""), List.of())));
        return Stream.concat(ofBlocks.stream(), withinText);
    }

    /** The blocks of a page that call the API; {@link CallsIT} runs them. */
    static List<Shell> calls(Page page) {
        return page.blocks("sh").stream().filter(block -> block.uses("curl")).toList();
    }

    /** The blocks of a page that start the application; {@link CallsIT} does as they say. */
    static List<Shell> starts(Page page) {
        return page.blocks("sh").stream()
                .filter(block -> block.commands().stream()
                        .anyMatch(command -> command.text().equals(SERVICE)))
                .toList();
    }

    /** The blocks of a page with commands of the application that need its database; {@link CallsIT} runs them. */
    static List<Shell> ofApplication(Page page) {
        return page.blocks("sh").stream()
                .filter(block -> Stream.of(" import ", " export ", " keys ", " schema migrate")
                        .anyMatch(name -> block.text().contains(START + name)))
                .toList();
    }

    /** The blocks with scripts for personal data; {@link PersonalDataTest} runs them. */
    static List<Shell> ofPersonalData() {
        return Page.of("docs/personal-data.md").blocks("sh").stream()
                .filter(block -> block.uses("psql"))
                .toList();
    }

    /** The blocks that speak to a cluster; a test of the manifests runs them with a stand-in. */
    public static List<Shell> ofCluster() {
        return Page.all().stream()
                .flatMap(page -> Stream.concat(
                        page.blocks("sh").stream(),
                        page.code().stream().map(code -> new Shell(page.file().toString(), code + "\n"))))
                .filter(block -> block.uses("kubectl"))
                .toList();
    }
}
