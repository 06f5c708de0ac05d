package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.PackagedApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

@DisabledIf(
        value = "backoffice.testsupport.PackagedApplication#isNative",
        disabledReason = "it examines a jar, and a native executable was built")
class JarContentIT {

    @Test
    void the_jar_does_not_contain_the_embedded_postgresql() throws IOException {
        try (Stream<Path> files = Files.walk(application())) {
            List<Path> jars = files.filter(f -> f.toString().endsWith(".jar")).toList();
            assertThat(jars.size(), greaterThan(10));
            for (Path jar : jars) {
                assertThat(jar.toString(), not(containsString("zonky")));
                assertThat(jar.toString(), not(containsString("embedded")));
            }
        }
        try (Stream<Path> jars = Files.list(application().resolve("app"));
                JarFile jar = new JarFile(jars.findFirst().orElseThrow().toFile())) {
            assertTrue(jar.stream().anyMatch(e -> e.getName().startsWith("backoffice/group/")));
            assertEquals(
                    List.of(),
                    jar.stream()
                            .map(e -> e.getName())
                            .filter(name -> name.contains("devmode") || name.contains("ConfigSourceFactory"))
                            .toList());
        }
    }

    @Test
    void the_licence_list_for_the_images_names_each_library_of_the_jar() throws IOException {
        String list = Files.readString(application().resolveSibling("licenses").resolve("THIRD-PARTY.txt"));

        List<String[]> libraries = Files.readAllLines(application().resolve("quarkus-app-dependencies.txt")).stream()
                .map(line -> line.split(":"))
                .toList();
        assertThat(libraries.size(), greaterThan(10));
        for (String[] part : libraries) {
            assertThat(list, containsString("(%s:%s:%s -".formatted(part[0], part[1], part[4])));
        }
        assertThat(list, not(containsString("Unknown license")));
    }

    private static Path application() {
        return PackagedApplication.file().getParent();
    }
}
