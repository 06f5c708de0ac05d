package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.docs.Bash;
import backoffice.testsupport.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module with which the console reads and writes XLSX files, and its sources in {@code src/xlsx}. */
@Tag("slow")
class XlsxModuleTest {

    private static final String MODULE = "main/resources/META-INF/resources/_static/xlsx/xlsx.js";

    @Test
    void the_module_is_built_from_the_packages_that_the_lock_file_names_with_their_checksums() throws Exception {
        Path folder = Path.of("target", "xlsx-module", "xlsx");
        Programs.require("REQUIRE_PROXIES", "npm");

        Bash.output("""
                set -e
                mkdir -p %1$s
                cp src/xlsx/*.js* %1$s
                cd %1$s
                npm ci --ignore-scripts --no-audit
                npm run build
                """.formatted(folder));

        assertEquals(
                Files.readString(folder.resolveSibling(MODULE)),
                Files.readString(Path.of("src").resolve(MODULE)));
    }
}
