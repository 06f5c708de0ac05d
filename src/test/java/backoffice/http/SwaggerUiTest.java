package backoffice.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Chromium;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Swagger UI shares the origin of the console, so only its own scripts run, and no other site frames it. */
@QuarkusTest
class SwaggerUiTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern INLINE_SCRIPT = Pattern.compile("(?s)<script(?: defer)?>(.*?)</script>");

    @Test
    void only_the_scripts_of_the_page_run_and_no_other_site_frames_it() {
        Response page = RestAssured.get("/q/swagger-ui");
        String hashes = INLINE_SCRIPT
                .matcher(page.asString())
                .results()
                .map(script -> hash(script.group(1)))
                .collect(Collectors.joining(" "));

        assertThat(
                page.header("Content-Security-Policy"),
                allOf(
                        containsString("script-src 'self' " + hashes + ";"),
                        containsString("frame-ancestors 'none'"),
                        containsString("default-src 'none'")));
    }

    @Test
    @Tag("slow")
    void a_browser_shows_the_calls_and_finds_no_violation_of_the_policy() {
        ChromeDriver browser = Chromium.start();
        try {
            browser.get("http://localhost:" + RestAssured.port + "/q/swagger-ui");
            new WebDriverWait(browser, TIMEOUT)
                    .until(page ->
                            !page.findElements(By.cssSelector(".opblock")).isEmpty());
            browser.findElement(By.cssSelector(".opblock button")).click();
            new WebDriverWait(browser, TIMEOUT)
                    .until(page -> !page.findElements(By.className("try-out")).isEmpty());

            assertEquals(List.of(), warnings(browser));
        } finally {
            browser.quit();
        }
    }

    private static List<String> warnings(ChromeDriver browser) {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    private static String hash(String script) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
