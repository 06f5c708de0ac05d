package backoffice.injection;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/**
 * Texts with a special meaning for a database, a parser, a log or a terminal. They are the lines of the files under
 * {@code injection/}. {@code \}{@code uXXXX} stands for a character that is invisible or cannot stand in a line, and
 * {@code # } begins a comment.
 */
final class Payloads {

    private static final List<String> FILES =
            List.of("sql", "hql", "like", "json", "headers", "log", "paths", "formats", "unicode");
    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

    private Payloads() {}

    /** All texts. Each has its file and line as its display name, because not every report can print the text. */
    static Stream<Named<String>> all() {
        return FILES.stream().flatMap(Payloads::read);
    }

    private static Stream<Named<String>> read(String file) {
        try (InputStream lines = Payloads.class.getResourceAsStream("/injection/" + file + ".txt")) {
            List<String> texts = new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return Stream.iterate(0, i -> i < texts.size(), i -> i + 1)
                    .filter(i -> !texts.get(i).startsWith("# "))
                    .map(i -> Named.of(file + ".txt:" + (i + 1), unescaped(texts.get(i))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescaped(String line) {
        return ESCAPE.matcher(line)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
    }
}
