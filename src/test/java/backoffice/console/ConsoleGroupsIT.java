package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Groups in the console. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleGroupsIT extends InBrowser {

    @Test
    void a_group_is_created_renamed_and_deleted() {
        enter().press("New group").fill("Name of the group", "North").submit();
        console.awaitNotice("“North” was created.").awaitRows("East", "North", "West");

        console.press("Rename “North”").fill("Name of the group", "南方").submit();
        console.awaitNotice("“North” is “南方” now.").awaitRows("East", "West", "南方");

        console.press("Delete “南方”")
                .press("Delete")
                .awaitNotice("“南方” was deleted.")
                .awaitRows("East", "West");
    }

    @Test
    void what_cannot_be_done_to_a_group_is_told_with_the_reason() {
        enter().press("New group").fill("Name of the group", "East").submit();
        console.awaitText("dialog .error", "There is already a group “East”.").press("Cancel");

        console.press("Rename “East”").fill("Name of the group", "West").submit();
        console.until(() -> console.text("dialog .error").contains("\"West\""));
        console.press("Cancel");

        console.press("Delete “East”").press("Delete");
        console.awaitText("dialog .error", "The customer group \"East\" holds customers; take them out first.");
        console.press("Show the customers that it holds").awaitHeading("East");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
    }

    @Test
    void a_change_that_the_network_lost_is_sent_again_with_the_same_id() {
        group("Once");
        enter().press("Delete “Once”");
        Sent.since(browser);
        console.lose("*/customer_groups/Once");
        console.press("Delete");
        List<String> lost = console.until(this::requestIds);
        console.lose();
        console.awaitNotice("“Once” was deleted.");

        assertEquals(lost, console.until(this::requestIds));
    }

    /** The ids of the changes that were sent meanwhile, or null when there was none. */
    private List<String> requestIds() {
        List<String> ids = Sent.since(browser).stream()
                .filter(sent -> sent.headers().has("x-bit-req-id"))
                .map(sent -> sent.headers().at("/x-bit-req-id").asText())
                .toList();
        return ids.isEmpty() ? null : ids;
    }
}
