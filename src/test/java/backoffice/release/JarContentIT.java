package backoffice.release;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;

import backoffice.testsupport.PackagedApplication;
import backoffice.testsupport.RepositoryFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

@DisabledIf(
        value = "backoffice.testsupport.PackagedApplication#isNative",
        disabledReason = "it examines a jar, and a native executable was built")
class JarContentIT {

    @Test
    void the_jar_does_not_contain_the_embedded_postgresql() throws IOException {
        List<String> jars = RepositoryFiles.below(application().toString())
                .map(Path::toString)
                .filter(file -> file.endsWith(".jar"))
                .toList();
        assertThat(jars.size(), greaterThan(10));
        assertThat(jars, everyItem(not(matchesPattern(".*(zonky|embedded).*"))));

        String ofService =
                jars.stream().filter(jar -> jar.contains("/app/")).findFirst().orElseThrow();
        try (JarFile jar = new JarFile(ofService)) {
            List<String> names = jar.stream().map(ZipEntry::getName).toList();
            assertThat(names, hasItem(startsWith("backoffice/group/")));
            assertThat(names, everyItem(not(matchesPattern(".*(devmode|ConfigSourceFactory).*"))));
        }
    }

    @Test
    void the_licence_list_for_the_images_names_each_library_of_the_jar() throws IOException {
        String list = Files.readString(application().resolveSibling("licenses/THIRD-PARTY.txt"));

        List<String> libraries = Files.readAllLines(application().resolve("quarkus-app-dependencies.txt"));
        assertThat(libraries.size(), greaterThan(10));
        for (String library : libraries) {
            String[] part = library.split(":");
            assertThat(list, containsString("(%s:%s:%s -".formatted(part[0], part[1], part[4])));
        }
        assertThat(list, not(containsString("Unknown license")));
    }

    private static Path application() {
        return PackagedApplication.file().getParent();
    }
}
