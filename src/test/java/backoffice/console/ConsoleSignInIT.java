package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WindowType;

/** Signing in to the console. The key is stored only in the session storage of its tab. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleSignInIT extends InBrowser {

    @Test
    void a_wrong_key_shows_the_reason_and_a_valid_key_opens_the_groups() {
        console.open().signIn("wrong").awaitText("[role=alert]", "The bitkey is unknown.");
        assertFalse((boolean) console.evaluate("'bitkey' in sessionStorage"));

        console.signIn(Vendors.ACME).awaitHeading("Groups").awaitRows("East", "West");
    }

    @Test
    void the_key_survives_a_reload_and_is_neither_in_a_url_nor_in_another_tab() {
        console.open().signIn(Vendors.ACME).awaitHeading("Groups");
        browser.navigate().refresh();
        console.awaitHeading("Groups").awaitRows("East", "West");

        assertThat(browser.getCurrentUrl(), not(containsString(Vendors.ACME)));
        assertEquals(0L, console.evaluate("localStorage.length"));
        SentRequest.since(browser).forEach(sent -> assertThat(sent.url(), not(containsString(Vendors.ACME))));

        String tab = browser.getWindowHandle();
        browser.switchTo().newWindow(WindowType.TAB).get(Console.url());
        console.awaitHeading("Customer groups");
        assertFalse((boolean) console.evaluate("'bitkey' in sessionStorage"));
        browser.close();
        browser.switchTo().window(tab);
    }

    @Test
    void signing_out_deletes_the_key() {
        enter().press("Sign out").awaitHeading("Customer groups");

        assertEquals(0L, console.evaluate("sessionStorage.length"));
    }

    @Test
    void a_key_that_becomes_invalid_returns_to_the_sign_in_with_the_reason() {
        enter();
        console.evaluate("sessionStorage.setItem('bitkey', 'withdrawn')");

        console.press("Search").awaitHeading("Customer groups").awaitText("[role=alert]", "The bitkey is unknown.");
    }
}
