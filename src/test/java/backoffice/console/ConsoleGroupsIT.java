package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Creating, renaming and deleting groups in the console. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleGroupsIT extends InBrowser {

    @Test
    void a_group_is_created_renamed_and_deleted() {
        enter().press("New group").fill("Name of the group", "North").submit();
        console.awaitNotice("“North” was created.").awaitRows("East", "North", "West");

        console.press("Rename “North”").fill("Name of the group", "南方").submit();
        console.awaitNotice("“North” was renamed to “南方”.").awaitRows("East", "West", "南方");

        console.press("Delete “南方”")
                .press("Delete")
                .awaitNotice("“南方” was deleted.")
                .awaitRows("East", "West");
    }

    @Test
    void a_refused_change_of_a_group_shows_the_reason() {
        enter().press("New group").fill("Name of the group", "East").submit();
        console.awaitText("dialog .error", "There is already a group “East”.").press("Cancel");

        console.press("Rename “East”").fill("Name of the group", "West").submit();
        console.until(() -> console.text("dialog .error").contains("\"West\""));
        console.press("Cancel");

        console.press("Delete “East”").press("Delete");
        console.awaitText("dialog .error", "The customer group \"East\" holds customers; take them out first.");
        console.press("Show the customers of this group").awaitHeading("East");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
    }

    @Test
    void a_refused_delete_offers_what_helps_in_place_of_the_same_button() {
        enter().press("Delete “East”").press("Delete");
        console.awaitText("dialog .error", "The customer group \"East\" holds customers; take them out first.");

        assertEquals(
                List.of("Show the customers of this group", "Cancel"),
                console.evaluate("[...document.querySelectorAll('dialog .actions *')].map(e => e.textContent.trim())"));
        console.awaitEquals(
                "Show the customers of this group",
                () -> browser.switchTo().activeElement().getText());
        console.type(Keys.ENTER).awaitHeading("East");
    }

    @Test
    void a_change_that_the_network_lost_is_sent_again_with_the_same_key() {
        group("Once");
        enter().press("Delete “Once”");
        SentRequest.since(browser);
        console.blockRequests("*/customer_groups/Once");
        console.press("Delete");
        List<String> lost = console.until(this::idempotencyKeys);
        console.blockRequests();
        console.awaitNotice("“Once” was deleted.");

        assertEquals(lost, console.until(this::idempotencyKeys));
    }

    /** The idempotency keys of the changes that were sent since the last call, or null if there were none. */
    private List<String> idempotencyKeys() {
        List<String> keys = SentRequest.since(browser).stream()
                .filter(sent -> sent.headers().has("x-bit-req-id"))
                .map(sent -> sent.headers().at("/x-bit-req-id").asText())
                .toList();
        return keys.isEmpty() ? null : keys;
    }
}
