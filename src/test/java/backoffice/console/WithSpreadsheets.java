package backoffice.console;

import io.smallrye.mutiny.unchecked.Unchecked;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The base of the tests that give spreadsheets to the console and take some from it. */
abstract class WithSpreadsheets extends InBrowser {

    static final String FILE = "Excel or CSV file";

    @TempDir
    Path folder;

    @BeforeEach
    void downloads_go_to_a_folder() {
        browser.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    String exported(String notice) {
        console.press("Export").choose("File format", "CSV").press("Export").awaitNotice(notice);
        return download("customers.csv");
    }

    String download(String name) {
        return new String(downloadedBytes(name), StandardCharsets.UTF_8);
    }

    byte[] downloadedBytes(String name) {
        Path file = folder.resolve(name);
        // The browser reserves the name with an empty file, and renames the whole download to it later.
        console.until(() -> file.toFile().length() > 0);
        return Unchecked.supplier(() -> {
                    byte[] content = Files.readAllBytes(file);
                    Files.delete(file);
                    return content;
                })
                .get();
    }

    /** Gives a file to the import, and lets it be checked. */
    Console check(String text) {
        return check("import.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    Console check(String name, byte[] content) {
        console.press("Import");
        choose(FILE, name, content);
        return console.press("Check");
    }

    void choose(String text) {
        choose(FILE, "import.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    void choose(String field, String name, byte[] content) {
        Path file = Unchecked.supplier(() -> Files.write(folder.resolve(name), content))
                .get();
        console.until(() -> console.field(field)).sendKeys(file.toString());
    }
}
