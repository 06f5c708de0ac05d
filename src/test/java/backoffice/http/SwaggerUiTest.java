package backoffice.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.openqa.selenium.support.ui.ExpectedConditions.elementToBeClickable;
import static org.openqa.selenium.support.ui.ExpectedConditions.presenceOfElementLocated;

import backoffice.testsupport.Chromium;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;
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

    @Test
    void only_the_scripts_of_the_page_run_and_no_other_site_frames_it() {
        Response page = RestAssured.get("/q/swagger-ui");
        String hashes = Pattern.compile("(?s)<script(?: defer)?>(.*?)</script>")
                .matcher(page.asString())
                .results()
                .map(Unchecked.function(script -> MessageDigest.getInstance("SHA-256")
                        .digest(script.group(1).getBytes(UTF_8))))
                .map(digest -> "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'")
                .collect(joining(" "));

        page.then()
                .header(
                        "Content-Security-Policy",
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
            WebDriverWait wait = new WebDriverWait(browser, TIMEOUT);
            wait.until(elementToBeClickable(By.cssSelector(".opblock button"))).click();
            wait.until(presenceOfElementLocated(By.className("try-out")));

            assertEquals(
                    List.of(),
                    browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                            .filter(line -> line.getLevel().intValue() >= Level.WARNING.intValue())
                            .map(LogEntry::getMessage)
                            .toList());
        } finally {
            browser.quit();
        }
    }
}
