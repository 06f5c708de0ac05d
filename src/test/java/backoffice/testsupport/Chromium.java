package backoffice.testsupport;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Path;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chromium or Chrome of the machine and its driver; nothing is downloaded. Where there is none, tests in a browser are
 * skipped, unless the variable {@code REQUIRE_CHROMIUM} is true, as in CI: then they fail.
 */
public final class Chromium {

    private static final String MISSING = "There is no chromium, or no chromedriver, on the PATH.";

    private Chromium() {}

    /** One that shows nothing, speaks English, and logs what happens in its console and on its network. */
    public static ChromeDriver start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(program("chromium", "google-chrome"))
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--hide-scrollbars",
                        "--lang=en-US",
                        "--accept-lang=en-US",
                        "--window-size=1200,900");
        options.setCapability("goog:loggingPrefs", logs);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(program("chromedriver"))
                        .usingAnyFreePort()
                        .build(),
                options);
    }

    private static File program(String... names) {
        return Programs.find(names).map(Path::toFile).orElseGet(Chromium::missing);
    }

    private static File missing() {
        return Boolean.parseBoolean(System.getenv("REQUIRE_CHROMIUM")) ? fail(MISSING) : abort(MISSING);
    }
}
