package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.PackagedApplication;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The published bills of materials list what ships, and nothing that only the build uses. */
class BillOfMaterialsIT {

    private static final Pattern LIBRARY =
            Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=jar");

    @TempDir
    Path folder;

    static boolean isNative() {
        return PackagedApplication.isNative();
    }

    @BeforeAll
    static void needsNode() {
        Bash.require("node");
    }

    @Test
    @DisabledIf(value = "isNative", disabledReason = "it examines a jar, and a native executable was built")
    void the_bill_of_the_jar_names_each_file_of_the_application_and_nothing_else() throws IOException {
        Path application = PackagedApplication.file().getParent();
        Path bill = Files.copy(application.resolveSibling("quarkus-run-cyclonedx.json"), folder.resolve("bill.json"));

        Bash.output("src/release/keep-runtime-components " + bill);

        assertEquals(
                files(application, file -> application.relativize(file).toString()),
                new TreeSet<>(components(bill).findValuesAsText("location")));
    }

    /** Of the executable, the libraries are those from which GraalVM compiled it. A jar has the same. */
    @Test
    @Tag("slow")
    void the_bill_of_the_executable_names_each_library_in_it_and_nothing_else() throws IOException {
        Path bill = folder.resolve("bill.json");

        Bash.output("src/release/native-bill " + bill);

        Set<String> named = new TreeSet<>();
        for (JsonNode component : components(bill)) {
            Matcher library = LIBRARY.matcher(component.get("purl").asText());
            if (library.matches()) {
                named.add(Stream.of(library.group(1) + "." + library.group(2), library.group(3), library.group(4))
                        .filter(part -> part != null)
                        .collect(Collectors.joining("-", "", ".jar")));
            }
        }
        Path libraries = isNative()
                ? classPathOfExecutable()
                : PackagedApplication.file().resolveSibling("lib");
        assertEquals(files(libraries, BillOfMaterialsIT::library), named);
    }

    private static Path classPathOfExecutable() throws IOException {
        try (Stream<Path> built = Files.list(Path.of("target"))) {
            return built.filter(path -> path.getFileName().toString().contains("native"))
                    .map(path -> path.resolve("lib"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Quarkus removes classes from some libraries of an executable, and says so in their names. */
    private static String library(Path file) {
        return file.getFileName().toString().replaceFirst("^modified-", "");
    }

    private static JsonNode components(Path bill) throws IOException {
        return new ObjectMapper().readTree(bill.toFile()).get("components");
    }

    private static Set<String> files(Path folder, Function<Path, String> name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).map(name).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
