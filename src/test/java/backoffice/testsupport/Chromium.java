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
 * Starts the Chromium or Chrome of the machine with its driver. Nothing is downloaded. Without them the browser tests
 * are skipped, or fail if the environment variable {@code REQUIRE_CHROMIUM} is true, as in CI.
 */
public final class Chromium {

    private static final String MISSING = "There is no chromium, or no chromedriver, on the PATH.";

    private Chromium() {}

    /** Starts a headless browser in English that records its console and its network requests. */
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
