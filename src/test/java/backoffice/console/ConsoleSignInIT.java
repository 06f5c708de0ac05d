package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.history.HistoryOn;
import backoffice.testsupport.Api;
import backoffice.testsupport.CompanySignIn;
import backoffice.testsupport.RawHttp;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Cookie;

/** deploy/sign-in in front of the service: who may do what, what attackers get, and what happens when a session ends. */
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
class ConsoleSignInIT extends InBrowser {

    private static final String SESSION = "mod_auth_openidc_session";
    private static final String CALLS = Api.BASE_PATH + "/customer_groups";

    @AutoClose
    private static CompanySignIn company;

    @BeforeEach
    void nobody_is_signed_in() throws Exception {
        CompanySignIn.require();
        if (company == null) {
            String support = StoredKeys.createKnown("console-support", true);
            String admins = StoredKeys.createKnown("console-admins", false);
            company = new CompanySignIn(RestAssured.port, support, admins);
        }
        browser.get(company.url() + "/sign-in/signed-out.html");
        browser.manage().deleteAllCookies();
        browser.executeScript("sessionStorage.clear()");
    }

    @AfterAll
    static void deleteKeys() {
        StoredKeys.deleteAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sam-support", "eve-support-x,admins"})
    void support_reads_and_changes_nothing(String person) {
        signIn(person).awaitHeading("Groups").awaitRows("East", "West");

        console.awaitText(".caller .badge", "Read only");
        assertTexts(".caller bdi", "acme", "console-support");
        assertEquals(0, console.count(".head .primary"));
        assertEquals(1103L, create("New", Map.of()));
    }

    @Test
    void an_admin_renames_a_group_and_the_history_has_the_name_of_the_person() {
        signIn("ada.l-admins").awaitHeading("Groups").press("Rename “East”");
        console.fill("Name of the group", "North").submit().awaitNotice("“East” was renamed to “North”.");

        console.press("North").awaitHeading("North").press("History");

        console.awaitText(".changes > li > p:first-child", "Group “East” was renamed to “North”.");
        assertThat(
                console.text(".changes .hint"),
                allOf(
                        containsString("by key “console-admins”"),
                        containsString("Correlation id ada.l-admins_example.com-")));
    }

    @Test
    void the_name_of_a_person_is_shortened_and_another_request_has_another_id() {
        String name = "x".repeat(50) + "-admins";
        signIn(name).awaitHeading("Groups");

        assertEquals(0L, create("a", Map.of()));
        assertEquals(0L, create("b", Map.of()));

        List<String> ids = correlationIds();
        assertThat(ids.get(0), startsWith("x".repeat(36) + "-"));
        assertThat(ids.get(1), allOf(startsWith("x".repeat(36) + "-"), not(ids.get(0))));
    }

    @Test
    void somebody_without_a_group_sees_why_and_can_sign_out() {
        signIn("eve-nobody").awaitText("h1", "You are in no group that may use the console.");
        assertThat(answerToCall(), startsWith("403"));
        console.emulate(false, 390);
        assertAccessible(390, "no access");

        console.press("Sign out 退出").press("Yes, sign me out").awaitText("h1", "You are signed out.");
    }

    @Test
    void a_head_that_does_not_end_costs_its_connection() {
        String head = "GET /console/ HTTP/1.1\r\nHost: localhost\r\n";

        assertThat(RawHttp.send(company.port(), head), startsWith("HTTP/1.1 408 "));
    }

    @Test
    void a_key_and_a_name_that_a_client_sends_have_no_effect() {
        Map<String, String> forged = Map.of("bitkey", Vendors.ACME, "x-correlation-id", "mallory-1");
        signIn("sam-support").awaitHeading("Groups");
        assertEquals(1103L, create("New", forged));

        console.press("Sign out").press("Yes, sign me out").awaitText("h1", "You are signed out.");
        signIn("ada-admins").awaitHeading("Groups");
        assertEquals(0L, create("one", forged));
        // Proxies remove the headers that Connection lists. Browsers do not send it.
        String answer = RawHttp.send(company.port(), """
                POST %s HTTP/1.1\r
                Host: localhost:%d\r
                Cookie: %s=%s\r
                Sec-Fetch-Site: same-origin\r
                Connection: x-correlation-id, bitkey, close\r
                Content-Length: 14\r
                \r
                {"name":"two"}""".formatted(
                        CALLS, company.port(), SESSION, session().getValue()));

        assertThat(answer, containsString("{\"status\":0,"));
        assertThat(correlationIds().get(0), startsWith("ada-admins_example.com-"));
        assertThat(correlationIds().get(1), startsWith("ada-admins_example.com-"));
    }

    /** So browsers mark the calls of other pages. Those of another port are of the same site, and get the cookie. */
    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none"})
    void a_page_of_another_site_changes_nothing(String site) {
        signIn("ada-admins").awaitHeading("Groups");
        assertThat(session().getSameSite(), is(oneOf("Lax", "Strict")));

        api.on(company.port())
                .with("Cookie", SESSION + "=" + session().getValue())
                .with("Sec-Fetch-Site", site)
                .post("/customer_groups", "{\"name\":\"New\"}")
                .statusCode(oneOf(401, 403));

        assertEquals(2, Sql.number("select count(*) from customer_group"));
    }

    /** The provider may still know the person, or ask again and lose the place. */
    @ParameterizedTest
    @CsvSource({"true", "false"})
    void a_session_that_ends_is_renewed_and_the_place_and_the_typed_fields_survive(boolean known) {
        signIn("ada-admins").awaitHeading("Groups");
        console.go("#" + ADA).awaitHeading("Ada Ltd").fill("City", "Köln");
        change("Ada Ltd", "'country':'DE'");
        browser.manage().deleteCookieNamed(SESSION);

        if (known) {
            console.press("Save");
        } else {
            browser.manage().deleteAllCookies();
            console.press("Save");
            authenticate("ada-admins");
        }

        console.awaitNotice(
                "You were signed in again, because your session had ended. What you did last was not done. Please do it again.");
        console.awaitHeading("Ada Ltd").awaitEquals("Köln", () -> console.value("City"));
        // A field that was not typed into shows what is stored
        assertEquals("DE", console.value("Country"));
        console.press("Save").awaitNotice("“Ada Ltd” was saved.");
    }

    @Test
    void a_new_customer_and_a_dialog_that_is_opened_again_have_what_was_typed() {
        signIn("ada-admins").awaitHeading("Groups");
        console.go("#/new-customer").awaitHeading("New customer").fill("Name", "Fermat SARL");
        browser.manage().deleteCookieNamed(SESSION);
        // Proposals of groups fail meanwhile
        console.fill("Group", "West");
        console.evaluate("new Promise(resolve => setTimeout(resolve, 500))");
        console.fill("Description", "two\nlines");
        console.press("Create").until(() -> console.text(".notice p").startsWith("You were signed in again"));
        console.press("Create").awaitHeading("Fermat SARL").awaitNotice("“Fermat SARL” was created.");
        console.awaitEquals("two\nlines", () -> console.value("Description"));

        console.go("#/groups/West").awaitHeading("West").press("Add customers");
        console.fill("Names, one per line", "Gauss\nHilbert");
        browser.manage().deleteCookieNamed(SESSION);
        console.press("Add").until(() -> console.text(".notice p").startsWith("You were signed in again"));
        // Another dialog has nothing of it
        console.press("Rename “West”");
        assertEquals("West", console.value("Name of the group"));
        console.press("Cancel").press("Add customers");
        console.awaitEquals("Gauss\nHilbert", () -> console.value("Names, one per line"));
        console.press("Add").awaitNotice("2 customers added.");
    }

    @Test
    void signing_out_ends_both_sessions_and_calls_get_401_and_no_redirect_whatever_key_they_have() {
        signIn("ada-admins").awaitHeading("Groups").press("Sign out").press("Yes, sign me out");

        console.awaitText("h1", "You are signed out.");
        console.emulate(false, 390);
        assertAccessible(390, "signed out");
        assertThat(answerToCall(), both(startsWith("401")).and(not(containsString("\"status\""))));
        console.press("Sign in 登录").until(() -> browser.findElement(By.name("login")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a;b%25", "%2F", "张 三+?#", "..a"})
    void each_legal_name_passes_through_the_proxy(String name) {
        group(name, name);
        signIn("sam-support").awaitHeading("Groups");

        console.go("#/groups/" + Api.segment(name)).awaitHeading(name).awaitRows(name);
    }

    private Console signIn(String person) {
        browser.get(company.url());
        authenticate(person);
        return console;
    }

    /** Fills in the form of the provider, and confirms what the console may know. */
    private void authenticate(String person) {
        console.until(() -> browser.findElement(By.name("login"))).sendKeys(person);
        browser.findElement(By.name("password")).sendKeys("any");
        console.press("Sign-in").press("Continue");
    }

    private static Cookie session() {
        return browser.manage().getCookieNamed(SESSION);
    }

    /** The HTTP code and the body of the answer to a call as the console makes it, with a key beside. */
    private static String answerToCall() {
        return (String) browser.executeScript("""
                const headers = { accept: 'application/json', bitkey: arguments[1] };
                return fetch(arguments[0], { headers, redirect: 'manual' })
                  .then(async answer => answer.status + await answer.text());
                """, CALLS, Vendors.ACME);
    }

    /** The status of an attempt of the page to create a group. */
    private static Object create(String name, Map<String, String> headers) {
        return browser.executeScript("""
                const [url, name, headers] = arguments;
                headers['Content-Type'] = 'application/json';
                return fetch(url, { method: 'POST', body: JSON.stringify({ name }), headers })
                  .then(answer => answer.json()).then(envelope => envelope.status);
                """, CALLS, name, headers);
    }

    /** The correlation ids of the changes, the newest first. */
    private List<String> correlationIds() {
        return api.get("/backoffice/history").extract().path("data.items.who.correlationId");
    }
}
