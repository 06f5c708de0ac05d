package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WindowType;

@QuarkusIntegrationTest
@ExtendWith(StoredKeys.class)
class ConsoleSafetyIT extends InBrowser {

    @Test
    void without_a_proxy_the_console_asks_without_a_key_and_then_shows_the_form_without_a_reason() {
        console.sent();

        console.open().awaitFocus("Bitkey");

        Console.Request asked = console.sent().get(0);
        assertEquals("GET", asked.method());
        assertEquals(Api.BASE_PATH + "/backoffice/key", asked.url().replaceFirst(".*(?=/bitanswer)", ""));
        assertFalse(asked.headers().has("bitkey"));
        assertEquals("application/json", asked.headers().path("accept").asText());
        assertEquals("", console.text("[role=alert]"));
    }

    @Test
    void a_proxy_that_refuses_each_call_makes_the_console_load_its_page_twice_and_not_for_ever() {
        // Given the answers that a proxy gives without a session, and a count of the loads
        Object script = browser.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                        window.fetch = async () => new Response('', { status: 401 });
                        localStorage.loads = Number(localStorage.loads ?? 0) + 1;
                        """))
                .get("identifier");
        try {
            console.open().awaitText("[role=alert]", "The service does not answer. Please try again.");
        } finally {
            browser.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
        }

        assertEquals("2", console.evaluate("localStorage.loads"));
    }

    @Test
    void after_a_wrong_key_the_focus_is_visibly_on_its_field_which_has_the_message() {
        console.open().awaitFocus("Bitkey").type("wrong");
        console.tabTo("Sign in").type(Keys.ENTER).awaitText("[role=alert]", "The bitkey is unknown.");

        console.awaitFocus("Bitkey");
        assertInPage("!('bitkey' in sessionStorage) && document.activeElement.matches(':focus-visible')");
        assertEquals("true", console.field("Bitkey").getDomAttribute("aria-invalid"));
        String described = console.field("Bitkey").getDomAttribute("aria-describedby");
        assertEquals("The bitkey is unknown.", console.text("#" + described.split(" ")[0]));
        assertAccessible(1200, "a wrong key");
    }

    @Test
    void the_key_survives_a_reload_is_neither_in_a_url_nor_in_another_tab_and_is_deleted_by_signing_out() {
        console.open().awaitFocus("Bitkey");
        console.signIn(Vendors.ACME).awaitHeading("Groups").awaitRows("East", "West");
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
    void what_somebody_else_has_changed_meanwhile_is_named_shown_and_kept() {
        enterAda().fill("City", "Kiel");
        change("Ada Ltd", "'contact':'Li'");

        console.press("Save").awaitNotice("“Ada Ltd” was saved. Meanwhile, somebody else has changed Contact: Li.");

        assertStored(ADA, "'city':'Kiel','contact':'Li'");
        assertEquals("Li", console.value("Contact"));
        assertAccessible(1200, "a change by somebody else");
    }

    @Test
    void a_field_that_somebody_else_has_changed_is_not_replaced_before_the_user_has_seen_it() {
        enterAda().fill("City", "Kiel");
        change("Ada Ltd", "'city':'Köln','contact':'Li'");

        console.press("Save");
        console.awaitText("main .error", "Meanwhile, somebody else has changed City: Köln. Save again to replace it.");
        assertStored(ADA, "'city':'Köln'");
        assertEquals("Kiel", console.value("City"));
        assertEquals("Li", console.value("Contact"));

        console.press("Save").awaitNotice("“Ada Ltd” was saved.");
        assertStored(ADA, "'city':'Kiel','contact':'Li'");
    }

    @ParameterizedTest
    @CsvSource({
        "'#/customers/East/Ada%20Ltd', Ada Ltd, City, Save, true",
        "'#/customers/East/Ada%20Ltd', Ada Ltd, City, Save, false",
        "'#/new-customer', New customer, Name, Create, true"
    })
    void a_key_that_ends_keeps_what_was_typed_for_the_same_vendor(
            String hash, String heading, String label, String button, boolean sameVendor) {
        String key = StoredKeys.createKnown("support", false);
        console.enter(key, hash).awaitHeading(heading).fill(label, "Kiel");
        StoredKeys.deleteAll();
        StoredKeys.awaitStatus(key, 401);

        console.press(button).awaitHeading("Customer groups").awaitText("[role=alert]", "The bitkey is unknown.");
        console.signIn("wrong").awaitText("[role=alert]", "The bitkey is unknown.");
        console.signIn(sameVendor ? Vendors.ACME : Vendors.GLOBEX).awaitHeading(heading);

        if (sameVendor) {
            console.awaitEquals("Kiel", () -> console.value(label));
            console.press(button).until(() -> console.text(".notice p").contains("“"));
        }
        assertEquals(null, console.evaluate("sessionStorage.getItem('kept')"), "nothing is kept for the next sign-in");
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
        console.until(
                () -> !Api.as(key).get("/backoffice/key").extract().asString().contains("2099"));
        browser.navigate().refresh();
        console.awaitHeading("Groups");
        console.emulate(false, 390);

        assertThat(console.text(".caller"), containsString("This key ends on "));
        assertAccessible(390, "a key that ends");
    }

    @Test
    void a_key_that_is_read_only_is_offered_no_change() {
        console.enter(StoredKeys.createKnown("support", true), "").awaitRows("East", "West");
        assertThat(console.text(".caller"), containsString("Read only"));
        assertEquals(0, console.count("td button, .head .primary"));
        console.emulate(false, 390);
        assertAccessible(390, "groups of a key that is read-only");

        console.press("East").awaitHeading("East").awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
        assertOffersNoChangeButAnExport();

        console.press("Ada Ltd").awaitHeading("Ada Ltd").until(() -> console.field("City") != null);
        assertEquals("true", console.field("City").getDomAttribute("readonly"));
        assertEquals(0, console.count(".fields .actions"));

        console.go("#/new-customer").awaitHeading("Customers");
        assertOffersNoChangeButAnExport();
    }

    private void assertOffersNoChangeButAnExport() {
        assertEquals(0, console.count(".head .primary, .toolbar, table [type=checkbox]"));
        assertThat(texts(".head button"), both(hasItem("Export")).and(not(hasItem("Import"))));
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
        enter();
        String found = "[...document.querySelectorAll('tbody a')].find(a => a.textContent === arguments[0])";
        assertEquals(name, console.evaluate(found + ".querySelector('bdi').textContent", name));

        console.evaluate(found + ".click()", name);
        console.awaitEquals(name, () -> console.evaluate("document.querySelector('h1').textContent"));
        console.until(() -> console.rows().size() == 1);
        console.evaluate("document.querySelector('tbody a').click()");
        console.until(() -> console.value("Registered").startsWith("20"));
        assertEquals(name, console.evaluate("document.querySelector('h1').textContent"));
    }

    @Test
    void a_name_that_would_change_the_path_is_refused_in_both_languages() {
        enter("#/groups/..", "..").awaitError(RULE_OF_NAMES);
        console.press("中文").press("重试").awaitError("名称须为 1 至 255 个字符，不含换行符或制表符，且不能是“.”或“..”。");
        console.press("English").go("#/groups/").awaitError(RULE_OF_NAMES);
        console.go("#/customers/East/.").awaitError(RULE_OF_NAMES);
    }
}
