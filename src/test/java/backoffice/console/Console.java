package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.RestAssured;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.SearchContext;
import org.openqa.selenium.TimeoutException;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A page object of the console in a browser. It finds buttons, fields and texts by their visible or accessible names.
 */
final class Console {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(25);
    private static final int MAX_TAB_STEPS = 40;

    private final ChromeDriver browser;

    Console(ChromeDriver browser) {
        this.browser = browser;
    }

    static String url() {
        return "http://localhost:" + RestAssured.port + "/console/";
    }

    /** Clears the storage of the browser, and leaves the browser on a page outside of the console. */
    Console clearStorage() {
        browser.get(url() + "icon.svg");
        browser.executeScript("sessionStorage.clear(); localStorage.clear()");
        return this;
    }

    Console open() {
        browser.get(url());
        return this;
    }

    /** Opens a view of the console with a stored bitkey, for tests that do not test the sign-in. */
    Console enter(String bitkey, String hash) {
        browser.executeScript("sessionStorage.setItem('bitkey', arguments[0])", bitkey);
        browser.get(url() + hash);
        return this;
    }

    Console signIn(String bitkey) {
        fill("Bitkey", bitkey).submit();
        return this;
    }

    Console go(String hash) {
        browser.executeScript("location.hash = arguments[0]", hash);
        return this;
    }

    /** Presses a button or link by its name. If a dialog is open, it searches in the dialog only. */
    Console press(String name) {
        until(() -> {
            pressable(name).click();
            return true;
        });
        return this;
    }

    private WebElement pressable(String name) {
        String words = literal(name);
        return openDialogOrPage()
                .findElement(By.xpath(".//*[self::button or self::a or self::summary][normalize-space()=" + words
                        + " or @aria-label=" + words + "]"));
    }

    boolean isEnabled(String name) {
        return pressable(name).getDomAttribute("aria-disabled") == null;
    }

    /** Replaces the text of a field that is found by its label. */
    WebElement fill(String label, String text) {
        WebElement field = until(() -> field(label));
        field.clear();
        field.sendKeys(text);
        return field;
    }

    WebElement field(String label) {
        return openDialogOrPage()
                .findElement(By.xpath(".//*[@id=//label[normalize-space()=" + literal(label) + "]/@for or @aria-label="
                        + literal(label) + "]"));
    }

    Console choose(String label, String option) {
        new Select(until(() -> field(label))).selectByVisibleText(option);
        return this;
    }

    Console tick(String customer) {
        return check("Select “" + customer + "”");
    }

    Console check(String box) {
        until(() -> {
            field(box).click();
            return true;
        });
        return this;
    }

    String heading() {
        return browser.findElement(By.cssSelector("h1")).getText();
    }

    List<String> rows() {
        return browser.findElements(By.cssSelector("tbody th")).stream()
                .map(row -> row.getDomProperty("textContent").strip())
                .toList();
    }

    String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText();
    }

    /** Waits until the page has this heading and its content is loaded. */
    Console awaitHeading(String heading) {
        awaitText("h1", heading);
        until(() -> browser.findElements(By.cssSelector("[aria-busy=true]")).isEmpty());
        return this;
    }

    Console awaitRows(String... names) {
        return awaitEquals(List.of(names), this::rows);
    }

    Console awaitText(String selector, String text) {
        return awaitEquals(text, () -> text(selector));
    }

    Console awaitNotice(String text) {
        return awaitText(".notice p", text);
    }

    <T> Console awaitEquals(T expected, Supplier<T> seen) {
        try {
            until(() -> expected.equals(seen.get()));
        } catch (TimeoutException late) {
            assertEquals(expected, seen.get());
        }
        return this;
    }

    /**
     * Waits until the supplier returns a value other than null and false. It ignores errors,
     * because the page may change meanwhile.
     */
    <T> T until(Supplier<T> seen) {
        ExpectedCondition<T> condition = page -> seen.get();
        return new WebDriverWait(browser, TIMEOUT, POLL_INTERVAL)
                .ignoring(WebDriverException.class)
                .until(condition);
    }

    /** Presses Tab until the element of this accessible name has the focus. */
    Console tabTo(String name) {
        return pressUntilFocused(name, Keys.TAB);
    }

    Console tabBackTo(String name) {
        return pressUntilFocused(name, Keys.chord(Keys.SHIFT, Keys.TAB));
    }

    private Console pressUntilFocused(String name, CharSequence step) {
        for (int steps = 0; steps < MAX_TAB_STEPS; steps++) {
            WebElement focused = browser.switchTo().activeElement();
            if (name.equals(focused.getAccessibleName())) {
                return this;
            }
            focused.sendKeys(step);
        }
        throw new AssertionError("Tab does not lead to " + name);
    }

    Console type(CharSequence... keys) {
        browser.switchTo().activeElement().sendKeys(keys);
        return this;
    }

    Object evaluate(String script, Object... arguments) {
        return browser.executeScript("return " + script, arguments);
    }

    /** Emulates the color scheme and the width of the window in CSS pixels. */
    void emulate(boolean dark, int width) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Makes requests to these URLs fail. {@code *} stands for any text. No argument ends this. */
    void blockRequests(String... addresses) {
        browser.executeCdpCommand("Network.enable", Map.of());
        browser.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** The warnings and errors in the log of the browser, without failed requests. */
    List<String> warnings() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    private SearchContext openDialogOrPage() {
        List<WebElement> dialogs = browser.findElements(By.cssSelector("dialog[open]"));
        return dialogs.isEmpty() ? browser.findElement(By.tagName("body")) : dialogs.get(0);
    }

    /** A text as an XPath expression. XPath has no escapes for quotes. */
    private static String literal(String text) {
        return "concat('" + text.replace("'", "',\"'\",'") + "','')";
    }
}
