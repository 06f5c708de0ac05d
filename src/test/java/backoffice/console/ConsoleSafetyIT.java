package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.testsupport.Api;
import backoffice.testsupport.Await;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WindowType;

@Tag("slow")
@QuarkusIntegrationTest
@ExtendWith(StoredKeys.class)
class ConsoleSafetyIT extends InBrowser {

    @Test
    void a_wrong_key_shows_the_reason_and_a_valid_key_opens_the_groups() {
        console.open().awaitFocus("Bitkey").signIn("wrong").awaitText("[role=alert]", "The bitkey is unknown.");
        console.awaitFocus("Bitkey");
        assertFalse((boolean) console.evaluate("'bitkey' in sessionStorage"));

        console.signIn(Vendors.ACME).awaitHeading("Groups").awaitRows("East", "West");
    }

    @Test
    void the_key_survives_a_reload_is_neither_in_a_url_nor_in_another_tab_and_is_deleted_by_signing_out() {
        console.open().signIn(Vendors.ACME).awaitHeading("Groups");
        browser.navigate().refresh();
        console.awaitHeading("Groups").awaitRows("East", "West");

        assertThat(browser.getCurrentUrl(), not(containsString(Vendors.ACME)));
        assertEquals(0L, console.evaluate("localStorage.length"));
        console.sent().forEach(sent -> assertThat(sent.url(), not(containsString(Vendors.ACME))));

        String tab = browser.getWindowHandle();
        browser.switchTo().newWindow(WindowType.TAB).get(Console.url());
        console.awaitHeading("Customer groups");
        assertFalse((boolean) console.evaluate("'bitkey' in sessionStorage"));
        browser.close();
        browser.switchTo().window(tab);

        console.press("Sign out").awaitHeading("Customer groups");
        assertEquals(0L, console.evaluate("sessionStorage.length"));
    }

    @Test
    void a_key_that_becomes_invalid_returns_to_the_sign_in_with_the_reason() {
        enter();
        console.evaluate("sessionStorage.setItem('bitkey', 'withdrawn')");

        console.press("Search").awaitHeading("Customer groups").awaitText("[role=alert]", "The bitkey is unknown.");
    }

    @Test
    void the_header_tells_the_vendor_and_the_key_and_two_weeks_before_when_the_key_ends() {
        enter();
        assertThat(console.text(".caller"), allOf(containsString("acme"), containsString("configured")));
        String key = StoredKeys.create("shop", false);
        Sql.execute("update bitkey set expires_at = '2099-01-01 00:00Z' where name = 'shop'");
        StoredKeys.awaitStatus(key, 200);
        console.enter(key, "").awaitHeading("Groups");
        assertThat(console.text(".caller"), allOf(containsString("shop"), not(containsString("ends"))));

        Sql.execute("update bitkey set expires_at = now() + interval '13 days' where name = 'shop'");
        Await.atMost(Duration.ofSeconds(10))
                .until(() ->
                        !Api.as(key).get("/backoffice/key").extract().asString().contains("2099"));
        browser.navigate().refresh();
        console.awaitHeading("Groups");
        console.emulate(false, 390);

        assertThat(console.text(".caller"), containsString("This key ends on "));
        assertAccessible(390, "a key that ends");
    }

    @Test
    void a_key_that_is_read_only_is_offered_no_change() {
        String key = StoredKeys.create("support", true);
        StoredKeys.awaitStatus(key, 200);
        console.enter(key, "").awaitHeading("Groups").awaitRows("East", "West");
        assertThat(console.text(".caller"), containsString("Read only"));
        assertEquals(0L, console.evaluate("document.querySelectorAll('td button, .head .primary').length"));
        console.emulate(false, 390);
        assertAccessible(390, "groups of a key that is read-only");

        console.press("East").awaitHeading("East").awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
        assertEquals(
                0L,
                console.evaluate(
                        "document.querySelectorAll('.head .primary, .toolbar, table [type=checkbox]').length"));

        console.press("Ada Ltd").awaitHeading("Ada Ltd").until(() -> console.field("City") != null);
        assertEquals("true", console.field("City").getDomAttribute("readonly"));
        assertEquals(0L, console.evaluate("document.querySelectorAll('.fields .actions').length"));

        console.go("#/new-customer").awaitHeading("Customers");
        assertEquals(
                0L,
                console.evaluate(
                        "document.querySelectorAll('.head .primary, .toolbar, table [type=checkbox]').length"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "'\"%/\\",
                "${7*7}{{7*7}}",
                "?#&;=+ %2F",
                "👩‍👩‍👧 ﷽ 𝔘",
                "مجموعة",
                " two  spaces ",
                "__proto__",
                "...",
                "%2E%2E"
            })
    void any_legal_name_is_shown_and_opened_unchanged(String name) {
        group(name, name);
        enter().until(() -> console.rows().contains(name.strip()));
        String found = "[...document.querySelectorAll('tbody a')].find(a => a.textContent === arguments[0])";
        assertEquals(name, console.evaluate(found + ".querySelector('bdi').textContent", name));

        console.evaluate(found + ".click()", name);
        console.awaitEquals(name, () -> console.evaluate("document.querySelector('h1').textContent"));
        console.until(() -> console.rows().size() == 1);
        console.evaluate("document.querySelector('tbody a').click()");
        console.until(() -> console.field("Registered").getDomProperty("value").startsWith("20"));
        assertEquals(name, console.evaluate("document.querySelector('h1').textContent"));
    }

    @Test
    void a_name_that_would_change_the_path_is_refused_in_both_languages() {
        String rule = "A name has 1 to 255 characters, no line break or tab, and is not “.” or “..”.";
        enter("#/groups/..", "..").awaitText("main .error p", rule);
        console.press("中文").press("重试").awaitText("main .error p", "名称须为 1 至 255 个字符，不含换行符或制表符，且不能是“.”或“..”。");
        console.press("English").go("#/groups/").awaitText("main .error p", rule);
        console.go("#/customers/East/.").awaitText("main .error p", rule);
    }
}
