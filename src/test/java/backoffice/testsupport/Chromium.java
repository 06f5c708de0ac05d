package backoffice.testsupport;

import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Starts the Chromium or Chrome of the machine. Without one, the browser tests are skipped or fail, as in CI. */
public final class Chromium {

    private Chromium() {}

    public static ChromeDriver start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(Programs.require("REQUIRE_CHROMIUM", "chromium", "google-chrome")
                        .toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--hide-scrollbars",
                        "--lang=en-US",
                        "--accept-lang=en-US",
                        "--window-size=1200,900");
        options.setCapability("goog:loggingPrefs", logs);
        options.setAcceptInsecureCerts(true);
        return new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(Programs.require("REQUIRE_CHROMIUM", "chromedriver")
                                .toFile())
                        .usingAnyFreePort()
                        .build(),
                options);
    }
}
