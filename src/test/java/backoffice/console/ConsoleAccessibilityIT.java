package backoffice.console;

import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The accessibility of the console: keyboard, narrow windows, and the light and dark color schemes. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleAccessibilityIT extends InBrowser {

    @Test
    void everything_can_be_done_with_the_keyboard_alone() {
        console.open().tabTo("Bitkey").type(Vendors.ACME, Keys.ENTER).awaitHeading("Groups");

        console.tabTo("New group").type(Keys.ENTER);
        console.until(() ->
                console.field("Name of the group").equals(browser.switchTo().activeElement()));
        console.type("Keys", Keys.ENTER).awaitNotice("“Keys” was created.");
        console.awaitEquals(
                "New group", () -> browser.switchTo().activeElement().getAccessibleName());

        console.tabTo("East").type(Keys.ENTER).awaitHeading("East");
        console.tabTo("Select “Ada Ltd”").type(Keys.SPACE);
        console.awaitText(".toolbar p", "1 customer selected");
        console.tabBackTo("Move…").type(Keys.ENTER);
        console.until(
                () -> console.field("To the group").equals(browser.switchTo().activeElement()));
        console.type("Keys", Keys.ENTER);
        console.awaitNotice("1 customer moved to “Keys”.");
    }

    @ParameterizedTest
    @CsvSource({"false, 360", "true, 1200"})
    void every_view_is_accessible_and_does_not_scroll_horizontally(boolean dark, int width) {
        group("W".repeat(255), "W".repeat(255));
        console.emulate(dark, width);
        console.open();
        assertAccessible(width, "signing in");
        enter();
        assertAccessible(width, "groups");
        console.press("Request as JSON and curl").press("+ Condition").press("+ Sort");
        assertAccessible(width, "search");
        console.press("Delete “East”")
                .press("Delete")
                .until(() -> console.text("dialog .error").contains("East"));
        assertAccessible(width, "refusal");
        console.press("Cancel").go("#/groups/" + "W".repeat(255)).awaitHeading("W".repeat(255));
        console.check("Select all customers on this page");
        assertAccessible(width, "customers of a group");
        console.press("Add customers")
                .until(() -> console.field("Names, one per line").isDisplayed());
        assertAccessible(width, "adding");
        console.press("Cancel").go("#/customers").awaitHeading("Customers");
        assertAccessible(width, "customers");
        console.go("#/customers/East/Ada%20Ltd").awaitHeading("Ada Ltd").until(() -> console.field("City"));
        assertAccessible(width, "customer");
        console.go("#/new-customer").awaitHeading("New customer");
        assertAccessible(width, "new customer");
    }
}
