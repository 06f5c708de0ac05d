package backoffice;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No text of a client can exhaust the stack or the time of a regular expression. */
class RegularExpressionsTest {

    private static final Path MAIN = Path.of("src/main");

    /**
     * A text that repeats a group, such as "(a|b)+". The JDK calls itself for each repetition, and tries all ways to
     * repeat. A possessive group, such as "(a|b)++", does neither.
     */
    private static final Pattern REPEATED_GROUP = Pattern.compile(
            "\"[^\"\\n]*\\)(?:[*+](?!\\+)|\\{\\d+,\\d*})[^\"\\n]*\"|^quarkus.*matches=.*\\)[*+].*$", Pattern.MULTILINE);

    @Test
    void no_regular_expression_repeats_a_group() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            assertEquals(
                    "",
                    files.filter(file -> file.toString().matches(".*[.](java|properties)"))
                            .flatMap(file -> repeatedGroups(file).map(text -> file + ": " + text))
                            .collect(joining("\n")));
        }
    }

    private static Stream<String> repeatedGroups(Path file) {
        return Unchecked.supplier(() ->
                        REPEATED_GROUP.matcher(Files.readString(file)).results().map(MatchResult::group))
                .get();
    }
}
