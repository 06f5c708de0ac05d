package backoffice.console;

import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.*;

import backoffice.history.HistoryOn;
import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The tab "Changes": all recorded changes with filters, and the restore of what they have changed. */
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@ExtendWith(StoredKeys.class)
class ConsoleRestoreIT extends InBrowser {

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void a_deletion_of_several_customers_is_one_entry_and_they_come_back_together(int width) {
        console.emulate(false, width);
        enterEast().check("Select all customers on this page");
        console.press("Delete…").press("Delete").awaitEquals(List.of(), console::rows);

        console.go("#/changes").press("Customer deleted · 4 changes");
        askToUndo("4 changes");
        assertAccessible(width, "undoing a deletion");
        console.press("Undo").awaitNotice("4 changes were undone.");
        api.get("/customer_groups/East/customers").body("data.items", hasSize(4));
    }

    @Test
    void the_tab_has_all_changes_by_day_the_newest_first_and_a_batch_as_one_entry_that_unfolds() {
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        Sql.execute("update history set changed_at = changed_at - interval '1 day'"
                + " where coalesce(after ->> 'groupName', after ->> 'name') = 'East'");

        enter().press("Changes").awaitHeading("Changes").awaitRange("7 changes");

        assertEquals("Changes", console.text("nav [aria-current]"));
        DateTimeFormatter day =
                DateTimeFormatter.ofLocalizedDate(FormatStyle.FULL).localizedBy(Locale.US);
        assertTexts("section h2", day.format(today), day.format(today.minusDays(1)));
        awaitSentences(
                "Customer “Euler AG” in “West” was created.", "Group “West” was created.", "Group “East” was created.");
        assertTexts(".changes summary", "Customer created · 4 changes");

        console.press("Customer created · 4 changes");
        assertTexts(
                ".changes ol p",
                "Customer “Darwin Inc” in “East” was created.",
                "Customer “Curie GmbH” in “East” was created.",
                "Customer “Babbage & Co” in “East” was created.",
                "Customer “Ada Ltd” in “East” was created.");
        assertEquals(Collections.nCopies(8, "Undo"), texts(".changes button"));
    }

    @Test
    void a_page_ends_with_a_whole_call_and_more_shows_the_older_ones() {
        largeGroup(120);
        Sql.execute("insert into customer_group (vendor, name) select 'acme', 'g' || i from generate_series(1, 49) i");

        open().awaitRange("The newest 49 changes").press("Load older changes").awaitRange("177 changes");
        console.until(() -> texts(".changes > li:focus").get(0).startsWith("Customer created · 120 changes"));
        assertFalse(texts("main button").contains("Load older changes"));
    }

    @Test
    void filters_select_by_group_customer_person_kind_and_days_and_stay_in_the_address() {
        api.with("x-correlation-id", "li-1").delete(ADA);
        api.with("x-correlation-id", "lina-2").delete("/customers/West/Euler%20AG");
        Sql.execute("update history set changed_at = '2026-01-02 15:59:00Z' where type = 'group.created'");
        String deleted = "Customer “Ada Ltd” in “East” was deleted.";

        open();
        console.fill("Group", "West").submit();
        awaitSentences(
                "Customer “Euler AG” in “West” was deleted.",
                "Customer “Euler AG” in “West” was created.",
                "Group “West” was created.");
        browser.navigate().refresh();
        console.awaitHeading("Changes").awaitEquals("West", () -> console.value("Group"));
        console.awaitRange("3 changes");

        console.press("Reset").awaitRange("9 changes");
        console.fill("Person or correlation id", "li-");
        console.choose("Kind", "Customer deleted").press("Search");
        awaitSentences(deleted);

        console.press("Reset").awaitRange("9 changes");
        console.fill("Customer", "Ada Ltd").submit();
        awaitSentences(deleted, "Customer “Ada Ltd” in “East” was created.");

        // The last day is among the days.
        console.go("#/changes?since=2026-01-02&until=2026-01-02");
        awaitSentences("Group “West” was created.", "Group “East” was created.");
        assertEquals("2026-01-02", console.value("Last day"));
        console.go("#/changes?until=2026-01-01").awaitRange("No change is recorded.");
    }

    @Test
    void a_deleted_customer_comes_back_with_its_members_and_its_group() {
        change("Ada Ltd", "'city':'Kiel','description':'two\\nlines','referenceId':'7'");
        Map<?, ?> customer = api.get(ADA).extract().path("data.items[0]");
        api.delete(ADA);

        // The page of a customer that does not exist leads to its changes.
        enterAda().press("Filter and undo these changes").awaitHeading("Changes");
        askToUndo("“Ada Ltd”");
        assertDifferences(
                "Name none → “Ada Ltd”",
                "Group none → “East”",
                "Description none → “two lines”",
                "Registered none → “" + customer.get("regDate") + "”",
                "City none → “Kiel”",
                "Reference none → “7”");
        console.press("Undo").awaitNotice("1 change was undone.");

        assertEquals(customer, api.get(ADA).extract().path("data.items[0]"));
        // The undo is a change, too. What is as it was before is not undone again.
        console.awaitEquals(
                "Customer “Ada Ltd” in “East” was created.", () -> sentences().get(0));
        undoSecondChange();
        console.awaitNotice("Everything is as it was before, so there is nothing to undo.");
    }

    @Test
    void a_changed_customer_gets_its_former_values_and_the_dialog_shows_what_there_is_now() {
        change("Ada Ltd", "'city':'Kiel','contact':'Li'");
        change("Ada Ltd", "'city':'Köln','email':'a@b'");

        open().awaitRange("9 changes");
        // The older one of two changes.
        undoSecondChange();
        console.awaitDialog("Undo: “Ada Ltd”");
        assertDifferences("City “Köln” → none", "Contact “Li” → none");
        console.press("Undo").awaitNotice("1 change was undone.");

        assertStored(ADA, "'city':null,'contact':null,'email':'a@b'");
    }

    @Test
    void customers_that_one_call_has_moved_go_back_together() {
        api.post("/customers", "[{\"name\":\"Free\"}]");
        api.post("/customer_groups/West/customers", """
                [{"name":"Ada Ltd","groupName":"East"},{"name":"Curie GmbH","groupName":"East"},{"name":"Free"}]""");

        open().until(() ->
                texts(".changes summary").get(0).matches("Customer moved: (East, none|none, East) → West · 3 changes"));
        console.press(texts(".changes summary").get(0));
        askToUndo("“Ada Ltd”");
        assertDifferences("Group “West” → “East”");
        console.press("Undo").awaitNotice("1 change was undone.");
        api.get(ADA).statusCode(200);

        console.press("Undo: 3 changes").awaitDialog("Undo: 2 changes");
        assertEquals(
                List.of("Group “West” → none", "Group “West” → “East”"),
                texts("dialog .names .names li").stream().sorted().toList());
        console.press("Undo").awaitNotice("2 changes were undone.");
        api.get("/customer_groups/West/customers").body("data.items.name", is(List.of("Euler AG")));
        api.get("/customer_groups/East/customers").body("data.items", hasSize(4));
        api.get("/customers/Free").statusCode(200);
    }

    @Test
    void a_renamed_customer_gets_its_name_and_its_former_values() {
        enterAda().fill("Name", "Ada Inc").fill("City", "Kiel").submit();
        console.awaitHeading("Ada Inc").awaitNotice("“Ada Inc” was saved.");

        console.go("#/changes?type=customer.renamed").awaitRange("1 change");
        awaitSentences("Customer “Ada Ltd” in “East” was renamed to “Ada Inc”.");
        assertTexts(".changes .names li", "City none → “Kiel”");
        askToUndo("“Ada Ltd”");
        assertDifferences("Name “Ada Inc” → “Ada Ltd”", "City “Kiel” → none");
        console.press("Undo").awaitNotice("1 change was undone.");
        assertStored(ADA, "'city':null");
    }

    @Test
    void what_was_created_is_deleted_and_a_group_only_when_it_is_empty() {
        open();
        askToUndo("“Euler AG”");
        assertEquals("Name “Euler AG” → none", texts("dialog .names .names li").get(0));
        console.press("Undo").awaitNotice("1 change was undone.");
        api.get("/customers/West/Euler%20AG").statusCode(404);

        askToUndo("“West”").press("Undo").awaitNotice("1 change was undone.");
        console.press("Undo: “East”").press("Undo").awaitRefusalWith("East");
        console.press("Cancel");
        askToUndo("4 changes").press("Undo").awaitNotice("4 changes were undone.");
        api.get("/customer_groups").body("data.items.name", is(List.of("East")));
        api.get("/customers").body("data.total", is(0));
    }

    @Test
    void a_refusal_is_in_the_words_of_the_service_and_a_group_that_is_gone_can_be_created() {
        api.delete("/customers/West/Euler%20AG");
        api.delete("/customer_groups/West");
        open();
        askToUndo("“Euler AG”").press("Undo");
        console.awaitRefusal("There is no customer group \"West\".");
        console.awaitFocus("Create “West” and undo").type(Keys.ENTER);
        console.awaitNotice("1 change was undone.");
        api.get("/customers/West/Euler%20AG").statusCode(200);

        // The name is taken.
        api.patch("/customer_groups/West", "{\"name\":\"New\"}");
        group("West");
        console.go("#/changes?type=group.renamed").awaitRange("1 change");
        askToUndo("“West”").press("Undo");
        console.awaitRefusalWith("\"West\"");
        console.press("Cancel");

        // What was changed is gone.
        change("Ada Ltd", "'city':'Kiel'");
        api.delete(ADA);
        console.go("#/changes?type=customer.changed").awaitRange("1 change");
        console.press("Undo: “Ada Ltd”");
        console.until(() -> console.text(".notice p").contains("\"Ada Ltd\""));
        api.get(ADA).statusCode(404);
    }

    @Test
    void a_key_that_is_read_only_sees_the_changes_and_no_restore() {
        api.delete(ADA);

        console.enter(StoredKeys.createKnown("support", true), "#/changes").awaitRange("8 changes");
        assertEquals("Customer “Ada Ltd” in “East” was deleted.", sentences().get(0));
        assertTexts(".changes button");
    }

    @Test
    void everything_can_be_done_with_the_keyboard_alone() {
        api.post("/customer_groups/West/customers", """
                [{"name":"Ada Ltd","groupName":"East"},{"name":"Curie GmbH","groupName":"East"}]""");
        enter().tabTo("Changes").type(Keys.ENTER).awaitHeading("Changes");

        console.tabTo("Group").type("East");
        console.tabTo("Kind").type("Customer m");
        console.tabTo("Search").type(Keys.ENTER).awaitRange("2 changes");
        console.until(() -> texts(".changes summary").equals(List.of("Customer moved: East → West · 2 changes")));
        console.tabTo("Customer moved: East → West · 2 changes");
        console.type(Keys.ENTER).tabTo("Undo: “Curie GmbH”").type(Keys.ENTER);
        console.awaitDialog("Undo: “Curie GmbH”").tabTo("Undo").type(Keys.ENTER);

        console.awaitNotice("1 change was undone.").awaitFocus("Undo: “Curie GmbH”");
        api.get("/customers/East/Curie%20GmbH").statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({"false, 360", "true, 360", "false, 1280", "true, 1280"})
    void the_tab_and_its_dialog_are_accessible_and_do_not_scroll_horizontally(boolean dark, int width) {
        String name = "W".repeat(255);
        group(name, name, "c1", "c2");
        api.patch("/customers", "[{\"name\":\"%1$s\",\"groupName\":\"%1$s\",\"city\":\"%1$s\"}]".formatted(name));
        console.emulate(dark, width);
        open().press("Customer created · 3 changes");
        assertEquals(3, texts("nav[aria-label] a").size());
        assertNavigationInOneRow();
        assertAccessible(width, "changes");
        // One of them was changed since.
        console.press("Undo: 3 changes").awaitDialog("Undo: 2 changes");
        assertAccessible(width, "restore");
    }

    private void assertDifferences(String... lines) {
        assertTexts("dialog .names .names li", lines);
    }

    private void undoSecondChange() {
        console.evaluate("document.querySelectorAll('.changes > li')[1].querySelector('button').click()");
    }

    private Console askToUndo(String what) {
        return console.press("Undo: " + what).awaitDialog("Undo: " + what);
    }

    private Console open() {
        return enter("#/changes", "Changes")
                .awaitEquals(true, () -> !texts(".changes").isEmpty());
    }

    @Test
    void a_filter_for_which_the_service_needs_too_long_says_to_choose_fewer_days() {
        open();
        browser.executeScript("""
                const answer = JSON.stringify({ status: 5001, msg: 'Busy.' });
                window.fetch = async () => new Response(answer, { status: 503, headers: { 'Retry-After': '0' } });
                """);

        console.go("#/changes?customer=Nobody")
                .awaitError("Busy. If this happens again, choose fewer days in the tab “Changes”.");
    }
}
