package backoffice.release;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the scripts in src/release, with the files that they change, and stand-ins for programs. */
final class ReleaseScripts {

    static final Path FOLDER = Path.of("src", "release");
    static final Path CHART = Path.of("k8s", "chart", "Chart.yaml");

    private final Path root;

    ReleaseScripts(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(root.resolve(FOLDER));
        Files.createDirectory(root.resolve("bin"));
        Files.createDirectories(root.resolve(CHART).getParent());
        for (Path script : all()) {
            copy(script);
        }
        copy(Path.of("pom.xml"));
        copy(Path.of("CHANGELOG.md"));
        copy(CHART);
    }

    /** The scripts of the repository. */
    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList();
        }
    }

    private void copy(Path file) throws IOException {
        Files.copy(file, root.resolve(file));
    }

    /** Replaces a program. It notes its name and arguments, and then runs this script. */
    void standIn(String program, String script) throws IOException {
        Path file = root.resolve("bin").resolve(program);
        Files.writeString(file, "#!/usr/bin/env bash\necho \"%s $*\" >>'%s'\n%s\n".formatted(program, calls(), script));
        assertTrue(file.toFile().setExecutable(true));
    }

    /** The calls of all stand-ins, in their order. */
    List<String> calledPrograms() throws IOException {
        return Files.exists(calls()) ? Files.readAllLines(calls()) : List.of();
    }

    private Path calls() {
        return root.resolve("calls");
    }

    void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    void delete(String file) throws IOException {
        Files.delete(root.resolve(file));
    }

    String read(String file) throws IOException {
        return Files.readString(root.resolve(file));
    }

    /** What a script prints. It must succeed. */
    String run(String script, String... arguments) throws IOException, InterruptedException {
        End end = end(script, arguments);
        assertEquals(0, end.exitCode(), end.output());
        return end.output();
    }

    /** How a script ends. */
    End end(String script, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(FOLDER.resolve(script).toString()), Stream.of(arguments))
                                .toList())
                .directory(root.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + File.pathSeparator + path);
        builder.environment().remove("GITHUB_OUTPUT");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new End(process.waitFor(), output);
    }

    record End(int exitCode, String output) {}
}
