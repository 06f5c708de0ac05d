package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What a user sees and does in the lists of the console, on a screen and on a telephone, and how much is loaded. */
@QuarkusIntegrationTest
@ExtendWith(StoredKeys.class)
class ConsoleListsIT extends InBrowser {

    private static final int TELEPHONE = 390;
    private static final int SCREEN = 1280;

    @Test
    void each_group_in_view_shows_its_number_of_customers_and_the_others_cost_no_call() {
        Sql.execute("insert into customer_group (vendor, name)"
                + " select 'acme', 'n' || lpad(i::text, 4, '0') from generate_series(1, 100) i");
        console.sent();

        enter("#/groups?limit=200", "Groups")
                .awaitEquals(List.of("4", "1", "0"), () -> texts("td.count").subList(0, 3));

        assertThat(console.sent("/customers?").size(), lessThan(30));
        assertEquals("", texts("td.count").get(101));
        console.evaluate("document.querySelector('tbody tr:last-child').scrollIntoView()");
        console.awaitEquals("0", () -> texts("td.count").get(101));
    }

    @Test
    void a_list_that_is_read_again_counts_again() {
        enter().awaitEquals(List.of("4", "1"), () -> texts("td.count"));
        group("West", "Fermi");

        console.press("Search").awaitEquals(List.of("4", "2"), () -> texts("td.count"));
    }

    @ParameterizedTest
    @CsvSource({"#/groups/East, East", "#/customers, Customers"})
    void customers_show_contact_telephone_reference_and_registration(String place, String heading) {
        change("Babbage & Co", BABBAGE);
        console.emulate(false, SCREEN);

        enter(place, heading);

        assertEquals(
                List.of("Charles", "charles@example.com", "+44 20 7946 0000", "Köln", "crm-7", "2026-02-03 04:05:06"),
                texts("tbody tr:nth-child(2) td > bdi"));
        assertInPage("(table => table.scrollWidth <= table.clientWidth)(document.querySelector('.scroller'))");
    }

    @Test
    void each_page_of_a_group_shows_the_fields_of_its_customers() {
        api.post("/customers", "[{\"name\":\"Ada Ltd\",\"city\":\"elsewhere\"}]")
                .statusCode(200);
        change("Curie GmbH", "'city':'Paris'");

        enter("#/groups/East?limit=2&offset=2", "East").awaitRows("Curie GmbH", "Darwin Inc");

        assertTexts("td.city", "Paris", "");
        console.press("Previous page").awaitRows("Ada Ltd", "Babbage & Co");
        assertTexts("td.city", "", "");
    }

    @ParameterizedTest
    @CsvSource({"'', Groups", "#/customers, Customers", "#/groups/East, East"})
    void a_telephone_shows_rows_as_cards_of_which_the_first_is_in_view(String place, String heading) {
        console.emulate(false, TELEPHONE);

        enter(place, heading).awaitFirstRowInView();

        assertInPage("[...document.querySelectorAll('tbody tr, tbody tr *')]"
                + ".every(e => e.getBoundingClientRect().right <= innerWidth)");
        assertThat(texts("tbody tr").get(0), containsString(heading.equals("Groups") ? "East" : "Ada Ltd"));
        assertAccessible(TELEPHONE, "cards of " + heading);
    }

    @Test
    void the_search_of_a_telephone_opens_closes_and_says_how_much_it_has() {
        console.emulate(false, TELEPHONE);
        enter().press("Search and sort").fill("Value 1", "es").type(Keys.ENTER);

        console.awaitRows("West").awaitText(".search summary", "Search and sort (1)");
        assertInPage("!document.querySelector('.search').open");
        console.emulate(false, SCREEN);
        console.until(() -> console.field("Value 1").isDisplayed());
    }

    @Test
    void customers_of_several_groups_are_deleted_by_keyboard_after_a_dialog_that_begins_at_its_title_and_names_them() {
        api.post("/customers", "[{\"name\":\"Ada Ltd\"}]").statusCode(200);
        enterCustomers();
        console.tabTo("Select all customers on this page").type(Keys.SPACE);
        console.awaitSelection("6 customers selected");
        console.tabTo("Select “Euler AG”").type(Keys.SPACE);
        console.pressUntilFocused(Keys.chord(Keys.SHIFT, Keys.TAB), "Delete…").type(Keys.ENTER);
        console.awaitFocus("Delete 5 customers");
        assertEquals(
                List.of("Ada Ltd", "Ada Ltd East", "Babbage & Co East", "Curie GmbH East", "Darwin Inc East"),
                texts("dialog .names li"));
        assertAccessible(1200, "deleting several customers");

        console.tabTo("Delete").type(Keys.ENTER).awaitNotice("5 customers deleted.");

        console.awaitRows("Euler AG").awaitSelection("Select customers to move or delete them.");
    }

    @Test
    void a_customer_that_is_not_deleted_is_named_with_the_reason_and_the_others_are_deleted() {
        console.emulate(false, TELEPHONE);
        enterEast().check("Select all customers on this page");
        api.delete(ADA).statusCode(200);

        console.press("Delete…").press("Delete");

        console.awaitRefusalWith("There is no customer \"Ada Ltd\" in the customer group \"East\".");
        assertTexts("dialog .names li", "Ada Ltd East");
        assertAccessible(TELEPHONE, "a refused deletion");
        assertEquals(List.of(), console.rows());
    }

    @Test
    void a_deletion_of_more_than_one_call_stops_when_the_dialog_is_closed() {
        largeGroup(1000);
        enterCustomers().press("Select all 1,005");
        console.awaitSelection("1,005 customers selected").press("Delete…");
        // The second call is never answered.
        browser.executeScript("""
                const send = window.fetch;
                let deletions = 0;
                window.fetch = (url, request) =>
                    request.method === 'DELETE' && deletions++ ? new Promise(() => {}) : send(url, request);
                """);

        console.press("Delete").awaitText("dialog [role=status]", "1,000 of 1,005 done…");

        console.press("Cancel").awaitSelection("5 customers selected");
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
            enter(place, heading).awaitRange(text);
            assertThat(console.text(".empty"), startsWith(advice));
            assertAccessible(width, "empty " + heading);
        }
        String key = StoredKeys.createKnown("support", true);
        console.clearStorage().enter(key, place).awaitHeading(heading).awaitRange(text);
        assertEquals("", console.text(".empty"));
    }

    @ParameterizedTest
    @CsvSource({"#/customers, Customers", "#/groups/Large, Large"})
    void a_window_of_1280_by_800_has_ten_rows_and_a_table_takes_the_whole_width(String place, String heading) {
        largeGroup(40);
        Sql.execute("update customer set email = 'somebody.with.a.name@department' || id || '.example.com'");
        console.emulate(false, 1280);
        enter(place, heading).awaitEquals(true, () -> console.rows().size() >= 40);

        assertInPage("[...document.querySelectorAll('tbody tr')]"
                + ".filter(row => row.getBoundingClientRect().bottom <= innerHeight).length >= 10");
        console.emulate(false, 2400);
        assertInPage("document.querySelector('table').offsetWidth >= 2300");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void columns_are_chosen_for_all_tables_and_remembered(int width) {
        change("Ada Ltd", "'country':'UK','city':'Kiel'");
        console.emulate(false, width);
        enterCustomers();

        console.press("Columns").check("Country").check("City");
        assertAccessible(width, "columns");
        console.press("Columns");
        browser.navigate().refresh();
        console.awaitHeading("Customers").awaitEquals("UK", () -> console.text("td.country"));

        assertEquals(0, console.count("td.city"));
        console.go("#/groups/East").awaitHeading("East").awaitEquals("UK", () -> console.text("td.country"));
    }

    @Test
    void mail_and_telephone_are_links_where_they_can_be() {
        change("Ada Ltd", "'email':'a+b?@example.com','mobileNumber':'+86 (138) 0000-1111'");
        change("Babbage & Co", "'email':'ask Bob','mobileNumber':'none'");
        enterCustomers();

        assertEquals(
                List.of("mailto:a%2Bb%3F%40example.com", "tel:+8613800001111"),
                console.evaluate("[...document.querySelectorAll('td bdi a')].map(link => link.getAttribute('href'))"));
        assertEquals("ask Bob", texts("td.email").get(1));
    }

    @Test
    void a_dialog_without_fields_begins_at_its_title() {
        largeGroup(60);
        enter("#/groups/Large", "Large").check("Select all customers on this page");

        console.press("Delete…").awaitFocus("Delete 50 customers");

        assertEquals("H2", console.evaluate("document.activeElement.tagName"));
        assertEquals(0L, console.evaluate("document.querySelector('dialog').scrollTop"));
    }

    @Test
    void the_first_list_needs_at_most_20_requests_and_files_of_less_than_45_kB_over_the_wire() {
        console.open().signIn(Vendors.ACME).awaitHeading("Groups");
        console.awaitEquals(List.of("4", "1"), () -> texts("td.count"));

        String requests = "performance.getEntries().filter(entry => entry.responseStatus)";
        String files = requests + ".filter(entry => !entry.name.includes('/bitanswer/api/'))";
        assertThat((Long) console.evaluate(requests + ".length"), lessThanOrEqualTo(20L));
        assertThat(
                (Long) console.evaluate(files + ".reduce((bytes, file) => bytes + file.transferSize, 0)"),
                lessThan(45_000L));
        assertEquals(List.of(), console.evaluate(files + ".filter(file => file.responseStatus !== 200)"));
    }
}
