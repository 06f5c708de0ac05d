package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The module with which the console reads and writes XLSX files, and its sources in {@code src/xlsx}. */
@Tag("slow")
class XlsxModuleTest {

    private static final String MODULE = "main/resources/META-INF/resources/_static/xlsx/xlsx.js";

    @Test
    void the_module_is_built_from_the_packages_that_the_lock_file_names_with_their_checksums() throws Exception {
        Path folder = Path.of("target", "xlsx-module", "xlsx");
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "package-lock.json", "xlsx.js", "fflate.js")) {
            Files.copy(Path.of("src", "xlsx", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }

        npm(folder, "ci", "--ignore-scripts", "--no-audit");
        npm(folder, "run", "build");

        assertEquals(
                Files.readString(folder.resolveSibling(MODULE)),
                Files.readString(Path.of("src").resolve(MODULE)));
    }

    private static void npm(Path folder, String... arguments) throws IOException, InterruptedException {
        String npm = Programs.require("REQUIRE_PROXIES", "npm").toString();
        ProcessBuilder command = new ProcessBuilder(npm);
        command.command().addAll(List.of(arguments));
        Path log = folder.resolve("npm.log");
        int status = command.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        assertEquals(0, status, () -> log + " has the reason");
    }
}
