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
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.unchecked.Unchecked;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** The base of tests that use the console in a browser. Each test starts with two groups and must log no warning. */
@Tag("slow")
abstract class InBrowser extends ApiTest {

    static final String ADA = "/customers/East/Ada%20Ltd";

    static final String RULE_OF_NAMES = "A name has 1 to 255 characters, no line break or tab, and is not “.” or “..”.";

    /** Members that Babbage & Co can have. */
    static final String BABBAGE = "'contact':'Charles','email':'charles@example.com','mobileNumber':'+44 20 7946 0000',"
            + "'city':'Köln','referenceId':'crm-7','regDate':'2026-02-03 04:05:06'";

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
        console.emulate(false, 1200);
    }

    @AfterEach
    void the_browser_logs_no_warnings() {
        List<String> warnings = browser.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("Failed to load resource"))
                .toList();
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

    /** Creates the group "Large" with the customers c0, c1 and so on by one call. */
    void largeGroup(int customers) {
        group("Large", IntStream.range(0, customers).mapToObj(i -> "c" + i).toArray(String[]::new));
    }

    /** Changes members of a customer in East. They are in JSON with single quotes. */
    void change(String customer, String members) {
        String batch = "[{'name':'%s','groupName':'East',%s}]".formatted(customer, members);
        api.patch("/customers", batch.replace('\'', '"')).statusCode(200);
    }

    /** Checks members of a stored customer. They are in JSON with single quotes. */
    void assertStored(String path, String members) {
        Map<String, String> stored = api.get(path).statusCode(200).extract().path("data.items[0]");
        JsonPath.from("{" + members.replace('\'', '"') + "}")
                .<String, String>getMap("")
                .forEach((member, value) -> assertEquals(value, stored.get(member), member));
    }

    private static String entry(String name) {
        return JsonNodeFactory.instance.objectNode().put("name", name).toString();
    }

    Console enter() {
        return enter("", "Groups");
    }

    Console enterCustomers() {
        return enter("#/customers", "Customers");
    }

    Console enterEast() {
        return enter("#/groups/East", "East");
    }

    Console enterAda() {
        return enter("#" + ADA, "Ada Ltd");
    }

    Console enter(String hash, String heading) {
        return console.enter(Vendors.ACME, hash).awaitHeading(heading);
    }

    /** Waits until the list of changes has these entries, without those of several changes. */
    void awaitSentences(String... sentences) {
        console.awaitEquals(List.of(sentences), this::sentences);
    }

    /** The only change that the browser has sent since the last look at its calls. */
    Console.Request onlyChange() {
        List<Console.Request> changes = console.changes();
        assertEquals(1, changes.size());
        return changes.get(0);
    }

    List<String> sentences() {
        return texts(".changes > li > p:first-child");
    }

    List<String> texts(String selector) {
        return console.texts(selector);
    }

    void assertTexts(String selector, String... texts) {
        assertEquals(List.of(texts), texts(selector), selector);
    }

    void assertInPage(String condition) {
        assertEquals(true, console.evaluate(condition), condition);
    }

    /** Checks that the window shows all links and buttons of the header, in one row. */
    void assertNavigationInOneRow() {
        assertInPage("new Set([...document.querySelectorAll('header a, header button')]"
                + ".map(e => e.getBoundingClientRect().top)).size === 1");
        assertInPage("[...document.querySelectorAll('header a, header button')].every(e =>"
                + " e.getBoundingClientRect().right <= innerWidth && e.scrollWidth <= e.clientWidth)");
    }

    /** Checks that axe-core finds nothing, and that a window of this width shows the whole width of the page. */
    void assertAccessible(int width, String view) {
        assertThat(
                view, (Long) console.evaluate("document.documentElement.scrollWidth"), lessThanOrEqualTo((long) width));
        if ((boolean) console.evaluate("!window.axe")) {
            browser.executeScript(AXE);
        }
        // A dialog that fades in has less contrast.
        Object violations = console.evaluate("Promise.all(document.getAnimations().map(a => a.finished))"
                + ".then(() => axe.run({ resultTypes: ['violations'] }))"
                + ".then(results => JSON.stringify(results.violations))");
        assertEquals("[]", violations, view);
    }
}
