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

/** A copy of scripts of the repository, with the files that they need, and stand-ins for programs. */
final class Scripts {

    static final Path RELEASE = Path.of("src", "release");

    private final Path root;
    private final Path folder;

    private Scripts(Path root, Path folder, Path... others) throws IOException {
        this.root = root;
        this.folder = folder;
        Files.createDirectory(root.resolve("bin"));
        copy(folder);
        for (Path other : others) {
            copy(other);
        }
    }

    static Scripts ofRelease(Path root) throws IOException {
        return new Scripts(root, RELEASE, Path.of("pom.xml"), Path.of("CHANGELOG.md"), Path.of("k8s", "chart"));
    }

    private void copy(Path tree) throws IOException {
        Files.createDirectories(root.resolve(tree).getParent());
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.toList()) {
                Files.copy(file, root.resolve(file));
            }
        }
    }

    /** Replaces a program. It notes its name and arguments, and then runs this script. */
    void standIn(String program, String script) throws IOException {
        Path file = root.resolve("bin").resolve(program);
        Files.writeString(file, "#!/usr/bin/env bash\necho \"%s $*\" >>'%s'\n%s\n".formatted(program, calls(), script));
        assertTrue(file.toFile().setExecutable(true));
    }

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

    /** A file of a compressed archive. */
    String read(String archive, String file) throws IOException {
        Process tar = new ProcessBuilder("tar", "-xzOf", root.resolve(archive).toString(), file).start();
        return new String(tar.getInputStream().readAllBytes(), UTF_8);
    }

    /** What a script prints. It must succeed. */
    String run(String script, String... arguments) throws IOException, InterruptedException {
        End end = end(script, arguments);
        assertEquals(0, end.exitCode(), end.output());
        return end.output();
    }

    End end(String script, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(Stream.of(folder.resolve(script).toString()), Stream.of(arguments))
                                .toList())
                .directory(root.toFile())
                .redirectErrorStream(true);
        builder.environment()
                .merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + File.pathSeparator + path);
        builder.environment().keySet().removeAll(List.of("GITHUB_OUTPUT", "GH_TOKEN"));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new End(process.waitFor(), output);
    }

    record End(int exitCode, String output) {}
}
