package backoffice.console;

import static java.util.function.Predicate.not;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.interactions.Actions;

/** How customers are selected, and what survives when the user looks at one of them. */
@QuarkusIntegrationTest
class ConsoleSelectionIT extends InBrowser {

    @Test
    void a_click_with_shift_selects_and_clears_all_customers_from_the_last_one_to_this_one() {
        enterEast().tick("Darwin Inc");

        click(Keys.SHIFT, console.field("Select “Babbage & Co”"));
        assertEquals(List.of("Babbage & Co", "Curie GmbH", "Darwin Inc"), selected());

        click(Keys.SHIFT, console.field("Select “Curie GmbH”"));
        assertEquals(List.of("Darwin Inc"), selected());
    }

    private static void click(Keys held, WebElement element) {
        new Actions(browser).keyDown(held).click(element).keyUp(held).perform();
    }

    private List<String> selected() {
        return texts("tbody tr:has(:checked) th");
    }

    @ParameterizedTest
    @CsvSource({"#/customers, Customers, '1,205', '1,201–1,205'", "#/groups/Large, Large, '1,200', '1,151–1,200'"})
    void all_customers_that_a_list_finds_are_selected_at_once(
            String place, String heading, String total, String lastPage) {
        Sql.execute("insert into customer_group (vendor, name) values ('acme', 'Large');"
                + " insert into customer (vendor, name, group_id, reg_date) select vendor, 'n' || i, id, now()"
                + " from customer_group, generate_series(1, 1200) i where name = 'Large'");
        enter(place, heading).press("Select all " + total).awaitSelection(total + " customers selected");

        assertFalse(texts(".toolbar button").contains("Select all " + total));
        console.press("Last page").awaitSelection(total + " customers selected");
        console.awaitRange(lastPage + " of " + total);
        assertEquals(console.rows(), selected());
        console.press("Clear").awaitSelection("Select customers to move or delete them.");
    }

    @Test
    void a_move_moves_the_customers_whose_names_are_free_and_lists_the_others_with_links() {
        api.post(
                        "/customers",
                        "[{\"name\":\"Curie GmbH\",\"groupName\":\"West\"},{\"name\":\"Ada Ltd\",\"groupName\":\"West\"}]")
                .statusCode(200);
        enterEast().check("Select all customers on this page").press("Move…");
        console.fill("To the group", "West").submit();

        console.awaitDialog("2 customers not moved");
        assertThat(console.text("dialog"), containsString("The group “West” already has customers with these names."));
        assertTexts("dialog .names li", "Ada Ltd East", "Curie GmbH East");
        console.press("Close").awaitNotice("2 customers moved to “West”.");
        assertEquals(List.of("Ada Ltd", "Curie GmbH"), selected());
        assertTrue(browser.findElements(By.cssSelector("dialog[open]")).isEmpty());

        console.press("Take out…").press("Take out").awaitNotice("2 customers taken out of the group.");
        console.press("Undo").awaitNotice("2 changes were undone.");
        console.check("Select all customers on this page").press("Move…");
        console.fill("To the group", "West").submit().awaitDialog("2 customers not moved");
        console.press("Curie GmbH").awaitHeading("Curie GmbH");
        assertEquals(Console.url() + "#/customers/West/Curie%20GmbH", browser.getCurrentUrl());
    }

    @Test
    void what_is_selected_is_let_go_with_the_search_and_kept_with_its_order() {
        enterCustomers().tick("Ada Ltd").tick("Curie GmbH");
        console.press("Group").awaitText("[aria-sort=ascending]", "Group");
        console.awaitSelection("2 customers selected");

        console.fill("Value 1", "Ada").submit();

        console.awaitRows("Ada Ltd").awaitSelection("Select customers to move or delete them.");
    }

    @ParameterizedTest
    @CsvSource({"390", "1280"})
    void selection_scroll_and_search_survive_looking_at_one_customer(int width) {
        largeGroup(100);
        console.emulate(false, width);
        enter("#/groups/Large?limit=100", "Large").tick("c0").tick("c1");
        WebElement link = browser.findElement(By.linkText("c60"));
        browser.executeScript("arguments[0].scrollIntoView({ block: 'center' })", link);
        console.press("c60").awaitHeading("c60");
        browser.navigate().back();

        console.awaitHeading("Large").awaitSelection("2 customers selected");
        console.awaitFocus("c60");
        assertInPage("(box => box.top > 0 && box.bottom < innerHeight)"
                + "(document.activeElement.getBoundingClientRect())");

        // The trail leads to the same place. What was deleted there is not selected any more.
        console.evaluate("scrollTo(0, 0)");
        console.press("c1").awaitHeading("c1").press("Large").awaitHeading("Large");
        console.awaitFocus("c1").awaitEquals(100, () -> console.rows().size());
        console.press("c1").awaitHeading("c1").press("Delete");
        console.awaitDialog("Delete “c1”").press("Delete").awaitHeading("Large");
        console.awaitSelection("1 customer selected")
                .awaitEquals(99, () -> console.rows().size());
        assertAccessible(width, "a list as it was left");
    }

    @Test
    void a_link_that_is_opened_in_a_second_tab_needs_no_key_and_another_tab_does() {
        enterEast();
        String tab = browser.getWindowHandle();
        try {
            click(Keys.CONTROL, browser.findElement(By.linkText("Ada Ltd")));
            console.until(() -> browser.getWindowHandles().size() == 2);
            browser.getWindowHandles().stream().filter(not(tab::equals)).forEach(browser.switchTo()::window);
            console.awaitHeading("Ada Ltd").until(() -> console.field("City") != null);
            assertEquals(Vendors.ACME, console.evaluate("sessionStorage.getItem('bitkey')"));
            browser.close();
            browser.switchTo().window(tab).switchTo().newWindow(WindowType.TAB);
            browser.get(Console.url() + "#" + ADA);
            console.awaitHeading("Customer groups");
            browser.close();
        } finally {
            browser.switchTo().window(tab);
        }
    }
}
