package backoffice.testsupport;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The files of the repository, by paths that are relative to its root. */
public final class RepositoryFiles {

    private RepositoryFiles() {}

    public static Stream<Path> below(String... folders) {
        return Stream.of(folders).flatMap(folder -> files(folder, Integer.MAX_VALUE));
    }

    public static Stream<Path> top() {
        return files("", 1);
    }

    public static String text(Path file) {
        return Unchecked.supplier(() -> Files.readString(file)).get();
    }

    private static Stream<Path> files(String folder, int depth) {
        try (Stream<Path> files = Files.walk(Path.of(folder), depth)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
