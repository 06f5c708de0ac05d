package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** What a user sees and does in the lists of the console, on a screen and on a telephone. */
@Tag("slow")
@QuarkusIntegrationTest
@ExtendWith(StoredKeys.class)
class ConsoleListsIT extends InBrowser {

    private static final int TELEPHONE = 390;
    private static final int SCREEN = 1280;
    private static final long HEIGHT_OF_TELEPHONE = 844;

    @Test
    void each_group_in_view_shows_its_number_of_customers_and_the_others_cost_no_call() {
        Sql.execute("insert into customer_group (vendor, name)"
                + " select 'acme', 'n' || lpad(i::text, 4, '0') from generate_series(1, 100) i");
        console.sent();

        enter("#/groups?limit=200", "Groups").awaitEquals(List.of("4", "1", "0"), () -> counts(3));

        assertThat(console.sent("/customers?").size(), lessThan(30));
        assertEquals("", console.texts("td.count", "textContent").get(101));
        console.evaluate("document.querySelector('tbody tr:last-child').scrollIntoView()");
        console.awaitEquals("0", () -> console.texts("td.count", "textContent").get(101));
    }

    @Test
    void a_list_that_is_read_again_counts_again() {
        enter().awaitEquals(List.of("4", "1"), () -> counts(2));
        group("West", "Fermi");

        console.press("Search").awaitEquals(List.of("4", "2"), () -> counts(2));
    }

    private List<String> counts(int rows) {
        return console.texts("td.count", "textContent").stream().limit(rows).toList();
    }

    @ParameterizedTest
    @CsvSource({"#/groups/East, East", "#/customers, Customers"})
    void customers_show_contact_telephone_reference_and_registration(String place, String heading) {
        api.patch("/customers", """
                [{"name":"Babbage & Co","groupName":"East","contact":"Charles","email":"charles@example.com",
                "mobileNumber":"+44 20 7946 0000","city":"London","referenceId":"crm-7","regDate":"2026-02-03 04:05:06"}]\
                """).statusCode(200);
        console.emulate(false, SCREEN);

        enter(place, heading);

        assertEquals(
                List.of("Charles", "charles@example.com", "+44 20 7946 0000", "London", "crm-7", "2026-02-03 04:05:06"),
                console.texts("tbody tr:nth-child(2) td > bdi", "textContent"));
        assertEquals(
                true,
                console.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('.scroller'))"),
                "the table fits");
    }

    @Test
    void each_page_of_a_group_shows_the_fields_of_its_customers() {
        api.post("/customers", """
                [{"name":"Ada Ltd","city":"elsewhere"},{"name":"Curie GmbH","groupName":"East","city":"Paris"}]\
                """).statusCode(200);

        enter("#/groups/East?limit=2&offset=2", "East").awaitRows("Curie GmbH", "Darwin Inc");

        assertEquals(List.of("Paris", ""), console.texts("td.city", "textContent"));
        console.press("Previous page").awaitRows("Ada Ltd", "Babbage & Co");
        assertEquals(List.of("", ""), console.texts("td.city", "textContent"));
    }

    @ParameterizedTest
    @CsvSource({"'', Groups", "#/customers, Customers", "#/groups/East, East"})
    void a_telephone_shows_rows_as_cards_of_which_the_first_is_in_view(String place, String heading) {
        console.emulate(false, TELEPHONE);

        enter(place, heading).until(() -> !console.rows().isEmpty());

        console.awaitEquals(true, () -> {
            Number bottom =
                    (Number) console.evaluate("document.querySelector('tbody tr').getBoundingClientRect().bottom");
            return bottom.intValue() <= HEIGHT_OF_TELEPHONE;
        });
        assertEquals(
                true,
                console.evaluate("[...document.querySelectorAll('tbody tr, tbody tr *')]"
                        + ".every(e => e.getBoundingClientRect().right <= innerWidth)"));
        assertThat(
                console.texts("tbody tr", "innerText").get(0),
                containsString(heading.equals("Groups") ? "East" : "Ada Ltd"));
        assertAccessible(TELEPHONE, "cards of " + heading);
    }

    @Test
    void the_search_of_a_telephone_opens_closes_and_says_how_much_it_has() {
        console.emulate(false, TELEPHONE);
        enter().press("Search and sort").fill("Value 1", "es").sendKeys(Keys.ENTER);

        console.awaitRows("West").awaitText(".search summary", "Search and sort (1)");
        assertEquals(null, console.evaluate("document.querySelector('.search').getAttribute('open')"));
        console.emulate(false, SCREEN);
        console.until(() -> console.field("Value 1").isDisplayed());
    }

    @Test
    void selected_customers_of_several_groups_are_deleted_after_a_dialog_that_names_them_with_the_keyboard_alone() {
        api.post("/customers", "[{\"name\":\"Ada Ltd\"}]").statusCode(200);
        enter("#/customers", "Customers");
        console.tabTo("Select all customers on this page").type(Keys.SPACE);
        console.awaitText(".toolbar p", "6 customers selected");
        console.tabTo("Select “Euler AG”").type(Keys.SPACE);
        console.pressUntilFocused(Keys.chord(Keys.SHIFT, Keys.TAB), "Delete…").type(Keys.ENTER);
        console.awaitText("dialog h2", "Delete 5 customers");
        assertEquals(
                List.of("Ada Ltd", "Ada Ltd East", "Babbage & Co East", "Curie GmbH East", "Darwin Inc East"),
                namesInDialog());
        assertAccessible(1200, "deleting several customers");

        console.tabTo("Delete").type(Keys.ENTER).awaitNotice("5 customers deleted.");

        console.awaitRows("Euler AG").awaitText(".toolbar p", "Select customers to move or delete them.");
    }

    @Test
    void a_customer_that_is_not_deleted_is_named_with_the_reason_and_the_others_are_deleted() {
        console.emulate(false, TELEPHONE);
        enter("#/groups/East", "East").check("Select all customers on this page");
        api.delete("/customers/East/Ada%20Ltd").statusCode(200);

        console.press("Delete…").press("Delete");

        String reason = "There is no customer \"Ada Ltd\" in the customer group \"East\".";
        console.until(() -> console.text("dialog .error").contains(reason));
        assertEquals(List.of("Ada Ltd East"), namesInDialog());
        assertAccessible(TELEPHONE, "a refused deletion");
        assertEquals(List.of(), console.rows());
    }

    private List<String> namesInDialog() {
        return console.texts("dialog .names li", "textContent").stream()
                .map(text -> text.replaceAll("\\s+", " "))
                .toList();
    }

    @Test
    void a_deletion_of_more_than_one_call_stops_when_the_dialog_is_closed() {
        group("Large", IntStream.range(0, 1000).mapToObj(i -> "c" + i).toArray(String[]::new));
        enter("#/customers", "Customers").press("Select all 1,005");
        console.awaitText(".toolbar p", "1,005 customers selected").press("Delete…");
        // The second call is never answered.
        browser.executeScript("""
                const send = window.fetch;
                let deletions = 0;
                window.fetch = (url, request) =>
                    request.method === 'DELETE' && deletions++ ? new Promise(() => {}) : send(url, request);
                """);

        console.press("Delete")
                .awaitText("dialog [role=status]", "1,000 of 1,005 done…")
                .press("Cancel");

        console.awaitText(".toolbar p", "5 customers selected");
        api.get("/customers").body("data.total", is(5));
    }

    @ParameterizedTest
    @CsvSource({
        "Groups, '', No groups found., Create the first one",
        "Customers, #/customers, No customers found., Create the first one",
        "North, #/groups/North, No customers found., Add customers by name"
    })
    void an_empty_list_says_what_to_do(String heading, String place, String text, String advice) {
        Sql.clean();
        if (heading.equals("North")) {
            group("North");
        }
        for (int width : List.of(TELEPHONE, SCREEN)) {
            console.emulate(width == SCREEN, width);
            enter(place, heading).awaitText(".range", text);
            assertThat(console.text(".empty"), startsWith(advice));
            assertAccessible(width, "empty " + heading);
        }
        String key = StoredKeys.create("support", true);
        StoredKeys.awaitStatus(key, 200);
        console.clearStorage().enter(key, place).awaitHeading(heading).awaitText(".range", text);
        assertEquals("", console.text(".empty"));
    }

    @Test
    void a_search_without_a_result_leads_back_to_the_whole_list() {
        enter().fill("Value 1", "nobody").submit();
        console.awaitText(".range", "No groups found.");

        assertEquals("Change the conditions, or reset them.", console.text(".empty"));
        console.press("Reset").awaitRows("East", "West");
    }

    @Test
    void a_time_is_picked_with_the_keyboard_and_stays_in_the_form_of_the_api() {
        api.patch("/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\",\"regDate\":\"2026-02-03 04:05:06\"}]");
        console.emulate(false, TELEPHONE);
        enter("#/customers/East/Ada%20Ltd", "Ada Ltd");
        console.tabTo("Pick a time").type(Keys.ENTER);

        assertEquals("2026-02-03T04:05:06", picker("value"));
        pickTime("2026-02-28T10:00");

        assertEquals("2026-02-28 10:00:00", console.value("Registered"));
        assertAccessible(TELEPHONE, "picking a time");
    }

    @Test
    void a_picked_time_searches_from_then_and_the_picker_starts_today_in_the_zone_of_the_service() {
        enter("#/customers", "Customers").choose("Field", "Registered").choose("Operator", "≥ is at or after");
        console.press("Pick a time");
        assertThat((String) picker("value"), endsWith("T00:00"));

        pickTime("2030-01-01T00:00:01");

        console.press("Search").awaitRows();
        assertThat(console.text("pre.json, details"), not(containsString("T00")));
        assertTrue(browser.getCurrentUrl().contains("2030-01-01+00%3A00%3A01"), browser.getCurrentUrl());
    }

    private Object picker(String property) {
        return console.evaluate("document.querySelector('.picker')[arguments[0]]", property);
    }

    private void pickTime(String time) {
        browser.executeScript("""
                const picker = document.querySelector('.picker');
                picker.value = arguments[0];
                picker.dispatchEvent(new Event('input', { bubbles: true }));
                """, time);
    }

    @Test
    void after_a_wrong_key_the_focus_is_visibly_on_its_field_which_has_the_message() {
        console.open().awaitFocus("Bitkey").type("wrong");
        console.tabTo("Sign in").type(Keys.ENTER).awaitText("[role=alert]", "The bitkey is unknown.");

        console.awaitFocus("Bitkey");
        assertFalse((boolean) console.evaluate("'bitkey' in sessionStorage"));
        assertEquals(true, console.evaluate("document.activeElement.matches(':focus-visible')"));
        assertEquals("true", console.field("Bitkey").getDomAttribute("aria-invalid"));
        String described = console.field("Bitkey").getDomAttribute("aria-describedby");
        assertEquals(
                "The bitkey is unknown.",
                browser.findElement(By.id(described.split(" ")[0])).getText());
        assertAccessible(1200, "a wrong key");
    }

    @Test
    void the_first_list_needs_at_most_20_requests_and_files_of_less_than_45_kB_over_the_wire() {
        console.open().signIn(Vendors.ACME).awaitHeading("Groups").awaitEquals(List.of("4", "1"), () -> counts(2));

        assertThat(
                (Long) console.evaluate("performance.getEntriesByType('resource').length + 1"), lessThanOrEqualTo(20L));
        assertThat(
                (Long) console.evaluate(
                        "performance.getEntries().filter(file => !file.name.includes('/bitanswer/api/'))"
                                + ".reduce((bytes, file) => bytes + (file.transferSize ?? 0), 0)"),
                lessThan(45_000L));
    }
}
