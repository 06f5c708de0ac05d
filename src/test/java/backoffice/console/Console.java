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

/** The console as a colleague sees it in a browser: what there is to press, to fill in and to read, by its words. */
final class Console {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(25);
    private static final int MOST_STEPS = 40;

    private final ChromeDriver browser;

    Console(ChromeDriver browser) {
        this.browser = browser;
    }

    static String url() {
        return "http://localhost:" + RestAssured.port + "/console/";
    }

    /** Leaves the browser without anything that the console could know, and outside of it. */
    Console forget() {
        browser.get(url() + "icon.svg");
        browser.executeScript("sessionStorage.clear(); localStorage.clear()");
        return this;
    }

    Console open() {
        browser.get(url());
        return this;
    }

    /** Opens a place in the console of somebody who has signed in, for tests that are not about that. */
    Console enter(String bitkey, String hash) {
        browser.executeScript("sessionStorage.setItem('bitkey', arguments[0])", bitkey);
        browser.get(url() + hash);
        return this;
    }

    Console signIn(String bitkey) {
        fill("Bitkey", bitkey).submit();
        return this;
    }

    /** Goes to a place by its address. */
    Console go(String hash) {
        browser.executeScript("location.hash = arguments[0]", hash);
        return this;
    }

    /** Presses a button or follows a link; the dialog's, if one is open. */
    Console press(String name) {
        until(() -> {
            pressable(name).click();
            return true;
        });
        return this;
    }

    private WebElement pressable(String name) {
        String words = literal(name);
        return within().findElement(By.xpath(".//*[self::button or self::a or self::summary][normalize-space()=" + words
                + " or @aria-label=" + words + "]"));
    }

    boolean isOffered(String name) {
        return pressable(name).getDomAttribute("aria-disabled") == null;
    }

    /** Fills in a field by its label. */
    WebElement fill(String label, String text) {
        WebElement field = until(() -> field(label));
        field.clear();
        field.sendKeys(text);
        return field;
    }

    WebElement field(String label) {
        return within().findElement(By.xpath(".//*[@id=//label[normalize-space()=" + literal(label)
                + "]/@for or @aria-label=" + literal(label) + "]"));
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

    /** What stands in the first column of the table that names something. */
    List<String> rows() {
        return browser.findElements(By.cssSelector("tbody th")).stream()
                .map(row -> row.getDomProperty("textContent").strip())
                .toList();
    }

    String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText();
    }

    /** Waits until the heading is this, and the page under it is loaded. */
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

    /** Waits until the console tells an outcome. */
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

    /** What something comes to when it is there and is not false; the page may change while one looks. */
    <T> T until(Supplier<T> seen) {
        ExpectedCondition<T> condition = page -> seen.get();
        return new WebDriverWait(browser, PATIENCE, GLANCE)
                .ignoring(WebDriverException.class)
                .until(condition);
    }

    /** Presses Tab until an element has the focus. */
    Console tabTo(String name) {
        return walkTo(name, Keys.TAB);
    }

    Console tabBackTo(String name) {
        return walkTo(name, Keys.chord(Keys.SHIFT, Keys.TAB));
    }

    private Console walkTo(String name, CharSequence step) {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
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

    /** A window as wide as a telephone, or a dark one. */
    void emulate(boolean dark, int width) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
        browser.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", 800, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Loses what is sent to some addresses, with {@code *} for any text in them. */
    void lose(String... addresses) {
        browser.executeCdpCommand("Network.enable", Map.of());
        browser.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(addresses)));
    }

    /** What browsers complain of, but for answers that are refusals. */
    List<String> complaints() {
        return browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
    }

    private SearchContext within() {
        List<WebElement> dialogs = browser.findElements(By.cssSelector("dialog[open]"));
        return dialogs.isEmpty() ? browser.findElement(By.tagName("body")) : dialogs.get(0);
    }

    /** A text in XPath, which knows no escapes. */
    private static String literal(String text) {
        return "concat('" + text.replace("'", "',\"'\",'") + "','')";
    }
}
