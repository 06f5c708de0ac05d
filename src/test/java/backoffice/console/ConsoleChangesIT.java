package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

@QuarkusIntegrationTest
class ConsoleChangesIT extends InBrowser {

    @Test
    void a_group_that_does_not_exist_offers_no_action() {
        enter("#/groups/North", "North").awaitError("There is no customer group \"North\".");

        assertEquals(0, console.count(".head :is(a, button)"));
    }

    @Test
    void a_notice_speaks_the_chosen_language_and_goes_when_the_user_goes_on() {
        enter().press("New group").fill("Name of the group", "North").submit();
        console.awaitNotice("“North” was created.").press("中文").awaitNotice("已创建“North”。");

        console.press("East").awaitHeading("East");
        assertEquals(0, console.count(".notice p"));
    }

    @Test
    void edits_of_a_customer_are_not_lost_without_a_question() {
        enterAda();
        console.until(() -> console.field("City")).sendKeys("London");

        console.press("Groups").answer(false).awaitHeading("Ada Ltd");
        assertEquals("London", console.value("City"));
        assertEquals(Console.url() + "#" + ADA, browser.getCurrentUrl());
        console.press("Sign out").answer(false).awaitHeading("Ada Ltd");

        console.press("Save").awaitNotice("“Ada Ltd” was saved.");
        console.press("Groups").awaitHeading("Groups");

        console.go("#/new-customer").awaitHeading("New customer").fill("Name", "Gauss");
        assertEquals("Customers", console.evaluate("document.querySelector('nav [aria-current]').textContent"));
        console.press("Groups").answer(true).awaitHeading("Groups");
    }

    @Test
    void a_refused_change_of_a_group_shows_the_reason_and_a_refused_delete_offers_what_helps() {
        enter().press("New group").fill("Name of the group", "East").submit();
        console.awaitRefusal("There is already a group “East”.").press("Cancel").answer(true);

        console.press("Rename “East”").fill("Name of the group", "West").submit();
        console.awaitRefusalWith("\"West\"");
        console.press("Cancel").answer(true);

        console.press("Delete “East”").press("Delete");
        console.awaitRefusal("The customer group \"East\" holds customers; take them out first.");
        assertTexts("dialog .actions *", "Show the customers of this group", "Cancel");
        console.awaitFocus("Show the customers of this group").type(Keys.ENTER).awaitHeading("East");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
    }

    @Test
    void a_change_that_the_network_lost_is_sent_again_with_the_same_key() {
        group("Once");
        enter().press("Delete “Once”");
        console.sent();
        console.blockRequests("*/customer_groups/Once");
        console.press("Delete");
        List<String> lost = console.until(this::idempotencyKeys);
        console.blockRequests();
        console.awaitNotice("“Once” was deleted.");

        assertEquals(lost, console.until(this::idempotencyKeys));
    }

    /** The idempotency keys of the changes that were sent since the last call, or null if there were none. */
    private List<String> idempotencyKeys() {
        List<String> keys = console.changes().stream()
                .map(sent -> sent.headers().at("/x-bit-req-id").asText())
                .toList();
        return keys.isEmpty() ? null : keys;
    }

    @Test
    void a_customer_is_created_changed_and_deleted_and_an_existing_one_is_not_overwritten() {
        enterCustomers().press("New customer").awaitHeading("New customer");
        console.fill("Name", "Gauss").fill("Group", "East").fill("City", "Göttingen");
        console.evaluate("document.getElementById('description').value = 'two\\nlines'");
        console.press("Create").awaitNotice("“Gauss” was created.").awaitHeading("Gauss");

        console.sent();
        console.until(() -> console.field("City")).clear();
        console.fill("Contact", "Wilhelm").submit();
        console.awaitNotice("“Gauss” was saved.").press("Save").awaitNotice("Nothing differs from what is stored.");
        assertEquals(
                Console.json("[{\"name\":\"Gauss\",\"groupName\":\"East\",\"city\":null,\"contact\":\"Wilhelm\"}]"),
                Console.json(onlyChange().body()));
        api.get("/customers/East/Gauss").body("data.items[0].description", is("two\nlines"));

        console.fill("Registered", "yesterday").submit();
        console.until(() -> console.text("main .error").startsWith("Registered: \"yesterday\" is not a time"));
        console.awaitFocus("Registered");
        assertEquals("true", console.field("Registered").getDomAttribute("aria-invalid"));

        console.go("#/new-customer").answer(true).awaitHeading("New customer").fill("Name", "Gauss");
        console.fill("Group", "East");
        console.press("Create").awaitText("main .error", "There is already a customer with this name in this group.");
        console.press("Open the customer").answer(true).awaitHeading("Gauss").press("Delete");
        console.awaitDialog("Delete “Gauss”").press("Delete").awaitHeading("East");
        api.get("/customers/East/Gauss").statusCode(404);
    }

    @Test
    void while_no_changes_are_recorded_there_is_no_history_and_no_error() {
        console.sent();
        enterAda();
        console.until(() -> console.evaluate("performance.getEntriesByType('resource')"
                + ".some(call => call.name.includes('/backoffice/history') && call.responseStatus === 404)"));
        console.go("#/groups/East").awaitHeading("East");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");

        assertEquals(0, console.count("details, .error"));
        assertTexts("nav[aria-label=Main] a", "Groups", "Customers");
        assertEquals(1, console.sent("/backoffice/history").size());
    }

    @Test
    void a_customer_is_moved_to_a_group_that_does_not_exist_yet() {
        enterAda().press("Move…").fill("To the group", "North").submit();
        console.awaitRefusal("There is no customer group \"North\".");
        api.get("/customer_groups/North").statusCode(404);

        console.awaitFocus("Create “North” and move").type(Keys.ENTER).awaitNotice("1 customer moved to “North”.");

        assertEquals(Console.url() + "#/customers/North/Ada%20Ltd", browser.getCurrentUrl());
    }

    @Test
    void the_selection_is_kept_across_pages_and_after_a_refused_move() {
        enter("#/groups/East?limit=2", "East");
        assertFalse(console.isEnabled("Move…"));
        console.check("Select all customers on this page");
        console.press("Next page").awaitRows("Curie GmbH", "Darwin Inc").tick("Curie GmbH");
        console.awaitSelection("3 customers selected").press("Move…");
        console.fill("To the group", "Nowhere").submit();

        console.awaitRefusalWith("\"Nowhere\"");
        console.press("Cancel").answer(true).awaitSelection("3 customers selected");
    }

    @Test
    void no_customer_is_changed_by_a_move_or_an_addition_to_a_group_whose_name_would_change_the_path() {
        change("Ada Ltd", "'email':'ada@example.com','description':'the first'");
        String stored = api.get(ADA).extract().asString();

        enterEast().tick("Ada Ltd");
        for (String name : List.of(".", "..")) {
            console.press("Move…").fill("To the group", name).submit();
            console.awaitRefusal(RULE_OF_NAMES).press("Cancel").answer(true);
        }
        api.get(ADA).body(is(stored));
    }

    private Console addNames(String names) {
        console.until(() -> console.field("Names, one per line"));
        console.evaluate("document.getElementById('names').value = arguments[0]", names);
        return console.press("Add");
    }

    @Test
    void names_of_customers_in_other_groups_move_and_blanks_at_their_ends_are_shown_before_anything_is_created() {
        api.post("/customers", "[{\"name\":\"Twin\",\"groupName\":\"East\"},{\"name\":\"Gauss\"}]")
                .statusCode(200);
        group("North", "Twin");
        enter("#/groups/West", "West").press("Add customers");
        addNames("Ada Ltd\nEuler AG\nTwin\nNew\nNew\nGauss \n")
                .awaitText("dialog .choice", "Move the 1 customer that is in another group");
        assertTexts("dialog .names li", "Ada Ltd East", "Twin", "New", "Gauss", "Gauss");
        assertThat(console.text("dialog"), containsString("1 name is in several groups, and left out."));
        assertThat(console.text("dialog"), containsString("Remove the blanks at the ends of 1 name, such as “Gauss ”"));
        assertAccessible(1280, "names of other groups");
        console.sent();

        console.press("Add").awaitEquals(List.of("Ada Ltd East", "Twin", "New"), () -> texts("dialog .names li"));
        assertEquals(List.of(), console.changes());
        console.press("Add").awaitNotice("3 customers added.").awaitRows("Ada Ltd", "Euler AG", "Gauss", "New");

        api.get(ADA).statusCode(404);
        api.get("/customers/Gauss").statusCode(404);
        console.press("Undo").awaitNotice("3 changes were undone.").awaitRows("Euler AG");
        api.get(ADA).statusCode(200);
    }

    @Test
    void a_name_with_a_blank_at_an_end_is_shown_before_it_is_created() {
        enter().press("New group").fill("Name of the group", "North ").submit();
        console.answer(false);
        api.get("/customer_groups").body("data.total", is(2));
        console.fill("Name of the group", "North").submit();
        console.awaitNotice("“North” was created.");
    }

    @Test
    void a_refused_line_of_names_is_selected_and_has_the_focus() {
        enter("#/groups/West", "West").press("Add customers");

        addNames("\nGalois SA\n\nAda Ltd\tNowhere\nHilbert");

        console.awaitRefusal("Line 2: There is no customer group \"Nowhere\".").awaitFocus("Names, one per line");
        assertEquals("Ada Ltd\tNowhere", console.evaluate("getSelection().toString()"));
    }

    @Test
    void more_customers_than_one_call_accepts_are_sent_in_several_calls_and_the_rest_can_be_sent_again() {
        enter("#/groups/West", "West").press("Add customers");
        String names = IntStream.range(0, 1500).mapToObj(i -> "n" + i + "\n").collect(Collectors.joining());
        addNames(names + "Hilbert\tNowhere").awaitRefusalWith("\"Nowhere\"");
        console.awaitText("dialog [role=status]", "1,000 of 1,501 done…");

        addNames(console.value("Names, one per line").replace("\tNowhere", ""));
        console.awaitNotice("501 customers added.").awaitRange("1–50 of 1,502");
    }

    @Test
    void what_is_typed_in_a_dialog_is_not_lost_without_a_question() {
        enterEast().press("Add customers").fill("Names, one per line", "Gauss");

        console.type(Keys.ESCAPE).answer(false);
        console.press("Cancel").answer(false);
        console.go("#/groups").answer(false);
        assertEquals("Gauss", console.value("Names, one per line"));
        assertEquals(Console.url() + "#/groups/East", browser.getCurrentUrl());

        console.type(", Hilbert", Keys.ESCAPE).answer(true).awaitFocus("Add customers");
        console.press("Add customers").fill("Names, one per line", "Gauss");
        console.press("Cancel").answer(true).awaitFocus("Add customers");
        // Without a text, there is no question.
        console.press("Add customers").awaitFocus("Names, one per line").type(Keys.ESCAPE);
        console.awaitFocus("Add customers").press("Groups").awaitHeading("Groups");
    }

    @Test
    void a_refused_name_of_a_group_is_marked_and_named_in_the_words_of_the_console() {
        enter().press("New group").fill("Name of the group", " ").submit();
        console.until(() -> console.text("dialog .error").startsWith("Name: The name \" \" is blank"));

        console.awaitFocus("Name of the group");
        assertEquals("true", console.field("Name of the group").getDomAttribute("aria-invalid"));
        assertAccessible(1200, "a refused name");
    }

    @Test
    void a_customer_that_cannot_be_read_is_read_again() {
        enter();
        console.blockRequests("*/customers/East/Ada*");
        console.go("#" + ADA).awaitError("The service does not answer. Please try again.");
        console.blockRequests();

        console.press("Try again").until(() -> console.field("City"));

        console.awaitFocus("Ada Ltd");
    }
}
