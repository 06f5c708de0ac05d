package backoffice.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A page and its Chinese translation: README.md and README.zh.md, docs/api.md and docs/zh/api.md. */
record Translation(Page english, Page chinese) {

    private static final Path FOLDER = Path.of("docs", "zh");

    /** All translations, found by their files. */
    static List<Translation> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return Stream.concat(Stream.of(Path.of("README.zh.md")), files.sorted())
                    .map(file -> new Translation(Page.of(english(file).toString()), Page.of(file.toString())))
                    .toList();
        }
    }

    /** The English page of a translation; any other file is its own. */
    static Path english(Path file) {
        return file.startsWith(FOLDER)
                ? FOLDER.resolveSibling(FOLDER.relativize(file))
                : file.resolveSibling(file.getFileName().toString().replace(".zh.md", ".md"));
    }

    /** Whether it is an English page of which there is a translation. */
    static boolean isTranslated(Path file) throws IOException {
        return all().stream().anyMatch(pair -> pair.english().file().equals(file));
    }

    /** The file that a link of a page leads to. */
    static Path target(Page page, String link) {
        String path = link.replaceFirst("#.*", "");
        return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
    }

    @Override
    public String toString() {
        return chinese.file().toString();
    }
}
