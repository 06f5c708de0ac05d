package backoffice.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** The published bills of materials list what ships, and nothing that only the build uses. */
@DisabledIf(
        value = "isNative",
        disabledReason = "a release is assembled from the jar, and a native executable was built")
class BillOfMaterialsIT {

    private static final Pattern LIBRARY =
            Pattern.compile("pkg:maven/([^/]+)/([^@]+)@([^?]+)\\?(?:classifier=([^&]+)&)?type=jar");

    static boolean isNative() {
        return PackagedApplication.isNative();
    }

    @Test
    void the_bill_of_the_jar_names_each_file_of_the_application_and_nothing_else() throws IOException {
        Path application = PackagedApplication.file().getParent();
        Path bill = AssembledRelease.file("customer-groups-%s-jvm.cdx.json");

        assertEquals(
                files(application, file -> application.relativize(file).toString()),
                new TreeSet<>(components(bill).findValuesAsText("location")));
    }

    /** Of the executable, the libraries are those from which GraalVM compiled it. A jar has the same. */
    @Test
    void the_bill_of_the_executable_names_each_library_in_it_and_nothing_else() throws IOException {
        Path bill = AssembledRelease.file("customer-groups-%s-native.cdx.json");

        Set<String> named = new TreeSet<>();
        for (JsonNode component : components(bill)) {
            Matcher library = LIBRARY.matcher(component.get("purl").asText());
            if (library.matches()) {
                named.add(Stream.of(library.group(1) + "." + library.group(2), library.group(3), library.group(4))
                        .filter(part -> part != null)
                        .collect(Collectors.joining("-", "", ".jar")));
            }
        }
        Path libraries = PackagedApplication.file().resolveSibling("lib");
        assertEquals(files(libraries, file -> file.getFileName().toString()), named);
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
