package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Chromium;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.openqa.selenium.chrome.ChromeDriver;

/** Tests of the console in a browser: what a colleague who writes no JSON gets done with it. */
abstract class InBrowser {

    private static final int WIDE = 1200;
    static ChromeDriver browser;

    final Api api = Api.as(Vendors.ACME);
    Console console;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void two_groups_and_a_browser_that_knows_nothing() {
        Sql.clean();
        group("East", "Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
        group("West", "Euler AG");
        console = new Console(browser).forget();
        console.emulate(false, WIDE);
    }

    @AfterEach
    void the_browser_complains_of_nothing() {
        List<String> complaints = console.complaints();
        Sql.clean();
        assertEquals(List.of(), complaints);
    }

    void group(String name, String... customers) {
        api.post("/customer_groups", "{\"name\":" + json(name) + "}").statusCode(200);
        if (customers.length > 0) {
            String entries = String.join(
                    ",",
                    Stream.of(customers)
                            .map(customer -> "{\"name\":" + json(customer) + "}")
                            .toList());
            api.post("/customer_groups/" + Api.segment(name) + "/customers", "[" + entries + "]")
                    .statusCode(200);
        }
    }

    private static String json(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    Console enter() {
        return enter("", "Groups");
    }

    Console enter(String hash, String heading) {
        return console.enter(Vendors.ACME, hash).awaitHeading(heading);
    }
}
