package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.ApiTest;
import backoffice.testsupport.Chromium;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import com.deque.html.axecore.providers.EmbeddedResourceAxeProvider;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.chrome.ChromeDriver;

/**
 * The base of the tests that use the console in a browser. Each test starts with two groups and must log no warning.
 */
abstract class InBrowser extends ApiTest {

    private static final int WINDOW_WIDTH = 1200;
    private static final String AXE =
            Unchecked.supplier(new EmbeddedResourceAxeProvider()::getScript).get();

    @AutoClose("quit")
    static ChromeDriver browser;

    Console console;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
    }

    @BeforeEach
    void two_groups_and_a_browser_without_stored_data() {
        group("East", "Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
        group("West", "Euler AG");
        console = new Console(browser).clearStorage();
        console.emulate(false, WINDOW_WIDTH);
    }

    @AfterEach
    void the_browser_logs_no_warnings() {
        List<String> warnings = console.warnings();
        Sql.clean();
        assertEquals(List.of(), warnings);
    }

    void group(String name, String... customers) {
        api.post("/customer_groups", entry(name)).statusCode(200);
        if (customers.length > 0) {
            List<String> entries = Stream.of(customers).map(InBrowser::entry).toList();
            api.post("/customer_groups/" + Api.segment(name) + "/customers", entries.toString())
                    .statusCode(200);
        }
    }

    private static String entry(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name).toString();
    }

    Console enter() {
        return enter("", "Groups");
    }

    Console enter(String hash, String heading) {
        return console.enter(Vendors.ACME, hash).awaitHeading(heading);
    }

    /** Waits until the list of changes has these entries, without those of several changes. */
    void awaitSentences(String... sentences) {
        console.awaitEquals(List.of(sentences), this::sentences);
    }

    List<String> sentences() {
        return texts(".changes > li > p:first-child");
    }

    List<String> texts(String selector) {
        return console.texts(selector, "innerText");
    }

    /** Checks that the window shows all links and buttons of the header, in one row. */
    void assertNavigationInOneRow() {
        assertEquals(
                1L,
                console.evaluate("new Set([...document.querySelectorAll('header a, header button')]"
                        + ".map(e => e.getBoundingClientRect().top)).size"));
        assertEquals(
                true,
                console.evaluate("[...document.querySelectorAll('header a, header button')].every(e =>"
                        + " e.getBoundingClientRect().right <= innerWidth && e.scrollWidth <= e.clientWidth)"));
    }

    /** Checks that axe-core finds nothing, and that a window of this width shows the whole width of the page. */
    void assertAccessible(int width, String view) {
        assertThat(
                view, (Long) console.evaluate("document.documentElement.scrollWidth"), lessThanOrEqualTo((long) width));
        if ((boolean) console.evaluate("!window.axe")) {
            browser.executeScript(AXE);
        }
        // A dialog that fades in has less contrast.
        Object violations = browser.executeAsyncScript("Promise.all(document.getAnimations().map(a => a.finished))"
                + ".then(() => axe.run({ resultTypes: ['violations'] }))"
                + ".then(results => arguments[0](JSON.stringify(results.violations)))");
        assertEquals("[]", violations, view);
    }
}
