package backoffice.console;

import static org.hamcrest.Matchers.is;

import backoffice.testsupport.Await;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;
import org.openqa.selenium.Alert;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;

/** A page object of the console in a browser, with buttons, fields and texts by their visible or accessible names. */
record Console(ChromeDriver browser) {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final int MAX_TAB_STEPS = 40;

    /** A call of the service. The body is empty if there is none. */
    record Request(String method, String url, JsonNode headers, String body) {}

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
        return fill("Bitkey", bitkey).submit();
    }

    Console go(String hash) {
        browser.executeScript("location.hash = arguments[0]", hash);
        return this;
    }

    Console press(String name) {
        return click(() -> pressable(name));
    }

    private Console click(Supplier<WebElement> element) {
        until(() -> {
            element.get().click();
            return true;
        });
        return this;
    }

    private WebElement pressable(String name) {
        return found(
                "//*[self::button or self::a or self::summary][normalize-space()='%1$s' or @aria-label='%1$s']", name);
    }

    boolean isEnabled(String name) {
        return pressable(name).getDomAttribute("aria-disabled") == null;
    }

    Console fill(String label, String text) {
        // The dialog of a field may be about to open.
        WebElement field = until(() -> {
            WebElement found = field(label);
            found.clear();
            return found;
        });
        field.sendKeys(text);
        return this;
    }

    Console submit() {
        browser.switchTo().activeElement().submit();
        return this;
    }

    WebElement field(String label) {
        return found("//*[@id=//label[normalize-space()='%1$s']/@for or @aria-label='%1$s']", label);
    }

    String value(String label) {
        return field(label).getDomProperty("value");
    }

    Console choose(String label, String option) {
        return click(() -> field(label).findElement(By.xpath("./option[normalize-space()='" + option + "']")));
    }

    Console tick(String customer) {
        return check("Select “" + customer + "”");
    }

    Console check(String box) {
        return click(() -> field(box));
    }

    List<String> rows() {
        return texts("tbody th");
    }

    /** The texts of elements, each in one line, empty where hidden. One script reads all, which is faster than a command for each. */
    List<String> texts(String selector) {
        List<?> texts = (List<?>) evaluate(
                "Array.from(document.querySelectorAll(arguments[0]), e => e.checkVisibility() ? e.innerText : '')",
                selector);
        return texts.stream()
                .map(text -> text.toString().strip().replaceAll("[\\s\\u202f]+", " "))
                .toList();
    }

    int count(String selector) {
        return browser.findElements(By.cssSelector(selector)).size();
    }

    String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText();
    }

    /** Waits until the page has this heading and its content is loaded. */
    Console awaitHeading(String heading) {
        awaitText("h1", heading);
        return awaitEquals(0, () -> count("[aria-busy=true]"));
    }

    /** Waits until a list has a row, the first of which ends within the height of a telephone. */
    Console awaitFirstRowInView() {
        return awaitEquals(
                true, () -> evaluate("document.querySelector('tbody tr').getBoundingClientRect().bottom <= 844"));
    }

    Console awaitRows(String... names) {
        return awaitEquals(List.of(names), this::rows);
    }

    Console awaitDialog(String heading) {
        return awaitText("dialog h2", heading);
    }

    Console awaitRange(String text) {
        return awaitText(".range", text);
    }

    Console awaitSelection(String text) {
        return awaitText(".toolbar p", text);
    }

    Console awaitError(String text) {
        return awaitText("main .error p", text);
    }

    Console awaitRefusal(String text) {
        return awaitText("dialog .error", text);
    }

    Console awaitRefusalWith(String part) {
        return awaitEquals(true, () -> text("dialog .error").contains(part));
    }

    Console awaitText(String selector, String text) {
        return awaitEquals(text, () -> text(selector));
    }

    Console awaitNotice(String text) {
        return awaitText(".notice p", text);
    }

    <T> Console awaitEquals(T expected, Supplier<T> seen) {
        patiently().until(seen::get, is(expected));
        return this;
    }

    /** Waits for a value other than null and false. It ignores errors, because the page may change meanwhile. */
    <T> T until(Supplier<T> seen) {
        return patiently().until(seen::get, value -> value != null && !value.equals(false));
    }

    private static ConditionFactory patiently() {
        return Await.atMost(TIMEOUT).pollInSameThread().ignoreExceptionsInstanceOf(WebDriverException.class);
    }

    Console answer(boolean yes) {
        Alert question = until(() -> browser.switchTo().alert());
        if (yes) {
            question.accept();
        } else {
            question.dismiss();
        }
        return this;
    }

    Console awaitFocus(String name) {
        return awaitEquals(name, () -> browser.switchTo().activeElement().getAccessibleName());
    }

    Console tabTo(String name) {
        return pressUntilFocused(Keys.TAB, name);
    }

    Console pressUntilFocused(CharSequence step, String name) {
        for (int steps = 0; steps < MAX_TAB_STEPS; steps++) {
            WebElement focused = browser.switchTo().activeElement();
            if (name.equals(focused.getAccessibleName())) {
                return this;
            }
            focused.sendKeys(step);
        }
        throw new AssertionError("The key does not lead to " + name);
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

    /** The calls of the service that the browser has sent since the last call of this method. */
    List<Request> sent() {
        return browser.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
                .map(entry -> json(entry.getMessage()).at("/message"))
                .filter(message -> message.at("/method").asText().equals("Network.requestWillBeSent"))
                .map(message -> message.at("/params/request"))
                .filter(request -> request.at("/url").asText().matches(".*/(bitanswer/api|backoffice)/.*"))
                .map(request -> new Request(
                        request.at("/method").asText(),
                        request.at("/url").asText(),
                        request.at("/headers"),
                        request.at("/postData").asText()))
                .toList();
    }

    List<Request> sent(String url) {
        return sent().stream().filter(sent -> sent.url().contains(url)).toList();
    }

    List<Request> changes() {
        return sent().stream()
                .filter(sent -> sent.headers().has("x-bit-req-id"))
                .toList();
    }

    static JsonNode json(String text) {
        return Unchecked.supplier(() -> new ObjectMapper().readTree(text)).get();
    }

    /** The element of a name. If a dialog is open, it is searched in the dialog only. */
    private WebElement found(String xpath, String name) {
        String place = "//*[self::dialog[@open] or self::body[not(.//dialog[@open])]]";
        return browser.findElement(By.xpath(place + xpath.formatted(name)));
    }
}
