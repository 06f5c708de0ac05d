package backoffice.testsupport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Checks of the SQL scripts that the benchmarks run directly on PostgreSQL. */
public final class BenchmarkScript {

    private BenchmarkScript() {}

    /**
     * Asserts that a script contains a statement of the service, with these expressions
     * in place of {@code $1}, {@code $2} …
     */
    public static void assertSends(String script, String statement, String... parameters) throws IOException {
        String expected = statement;
        for (int i = 0; i < parameters.length; i++) {
            expected = expected.replace("$" + (i + 1), parameters[i]);
        }
        assertThat(inOneLine(Files.readString(Path.of("src/bench/sql", script))), containsString(inOneLine(expected)));
    }

    private static String inOneLine(String statement) {
        return statement.replaceAll("\\s+", " ").strip();
    }
}
