package backoffice.console;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Creating, changing and deleting customers in the console. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleCustomersIT extends InBrowser {

    @Test
    void a_customer_is_created_changed_and_deleted_and_an_existing_one_is_not_overwritten() {
        enter("#/customers", "Customers").press("New customer").awaitHeading("New customer");
        console.fill("Name", "Gauss");
        console.fill("Group", "East");
        console.fill("City", "Göttingen");
        console.evaluate("document.getElementById('description').value = 'two\\nlines'");
        console.press("Create").awaitNotice("“Gauss” was created.").awaitHeading("Gauss");

        SentRequest.since(browser);
        console.until(() -> console.field("City")).clear();
        console.fill("Contact", "Wilhelm").submit();
        console.awaitNotice("“Gauss” was saved.");
        // Filters out searches: the field "Group" may still load its suggestions.
        List<SentRequest> changes = SentRequest.since(browser).stream()
                .filter(sent -> sent.method().equals("PATCH"))
                .toList();
        assertEquals(1, changes.size());
        assertEquals(
                SentRequest.read("[{\"name\":\"Gauss\",\"groupName\":\"East\",\"city\":null,\"contact\":\"Wilhelm\"}]"),
                SentRequest.read(changes.get(0).body()));
        api.get("/customers/East/Gauss").body("data.items[0].description", is("two\nlines"));

        console.go("#/new-customer").awaitHeading("New customer").fill("Name", "Gauss");
        console.fill("Group", "East");
        console.press("Create").awaitText("main .error", "There is already a customer with this name in this group.");
        console.press("Open the customer").awaitHeading("Gauss").press("Delete");
        console.awaitText("dialog h2", "Delete “Gauss”").press("Delete").awaitHeading("East");
        api.get("/customers/East/Gauss").statusCode(404);
    }

    @Test
    void a_refused_change_of_a_customer_shows_the_reason() {
        enter("#/customers/East/Ada%20Ltd", "Ada Ltd")
                .until(() -> console.field("Registered"))
                .clear();
        console.fill("Registered", "yesterday").submit();

        console.until(() -> console.text("main .error").contains("\"yesterday\""));
    }

    @Test
    void while_no_changes_are_recorded_there_is_no_history_and_no_error() {
        SentRequest.since(browser);
        enter("#/customers/East/Ada%20Ltd", "Ada Ltd");
        console.until(() -> console.evaluate("performance.getEntriesByType('resource')"
                + ".some(call => call.name.includes('/backoffice/history') && call.responseStatus === 404)"));
        console.go("#/groups/East")
                .awaitHeading("East")
                .awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");

        assertEquals(0L, console.evaluate("document.querySelectorAll('details, .error').length"));
        long asked = SentRequest.since(browser).stream()
                .filter(sent -> sent.url().contains("/backoffice/history"))
                .count();
        assertEquals(1, asked);
    }
}
