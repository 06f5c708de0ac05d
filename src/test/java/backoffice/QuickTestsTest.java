package backoffice;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.RepositoryFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickTestsTest {

    private static final Path LIST = Path.of("src/test/quick.txt");
    private static final Path TESTS = Path.of("src/test/java");

    /** What a test has that needs a database. */
    private static final List<String> DATABASE =
            List.of("@Quarkus" + "Test\n", "Empty" + "Database", "abstract " + "class ");

    @Test
    void the_quick_run_has_each_test_that_needs_no_database_and_no_other() {
        String tests = RepositoryFiles.below(TESTS.toString())
                .filter(file -> file.toString().endsWith("Test.java"))
                .filter(file -> DATABASE.stream().noneMatch(RepositoryFiles.text(file)::contains))
                .map(file -> TESTS.relativize(file) + "\n")
                .sorted()
                .collect(joining());

        assertEquals(tests, RepositoryFiles.text(LIST), () -> "Replace " + LIST + " by:\n" + tests);
    }
}
