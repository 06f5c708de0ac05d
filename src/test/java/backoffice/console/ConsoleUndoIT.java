package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The notice after an action undoes it, also where no changes are recorded. */
@QuarkusIntegrationTest
class ConsoleUndoIT extends WithSpreadsheets {

    @Test
    void a_group_that_was_created_renamed_or_deleted_is_as_before() {
        enter().press("New group").fill("Name of the group", "North").submit();
        console.awaitNotice("“North” was created.").press("Undo").awaitNotice("1 change was undone.");
        console.awaitRows("East", "West");

        console.press("Rename “East”").fill("Name of the group", "Ost").submit();
        console.awaitNotice("“East” was renamed to “Ost”.").press("Undo").awaitNotice("1 change was undone.");
        console.awaitRows("East", "West");

        group("North");
        console.go("#/groups/North").awaitHeading("North").press("Rename “North”");
        console.fill("Name of the group", "Nord").submit();
        console.awaitHeading("Nord").press("Undo").awaitHeading("North").awaitNotice("1 change was undone.");
        console.press("Delete “North”").press("Delete").awaitHeading("Groups");
        console.press("Undo").awaitNotice("1 change was undone.").awaitRows("East", "North", "West");
    }

    @Test
    void customers_that_were_moved_or_taken_out_go_back_to_where_each_of_them_was() {
        api.post("/customers", "[{\"name\":\"Free\"}]").statusCode(200);
        enterCustomers().tick("Ada Ltd").tick("Free").tick("Euler AG");
        console.press("Move…").fill("To the group", "West").submit();
        console.awaitNotice("3 customers moved to “West”.").press("Undo").awaitNotice("2 changes were undone.");
        api.get(ADA).statusCode(200);
        api.get("/customers/Free").statusCode(200);
        api.get("/customers/West/Euler%20AG").statusCode(200);

        console.go("#/groups/East").awaitHeading("East").tick("Ada Ltd").tick("Curie GmbH");
        console.press("Take out…").press("Take out").awaitNotice("2 customers taken out of the group.");
        console.press("Undo").awaitNotice("2 changes were undone.");
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");

        // The page of a customer that goes back leads to where it is.
        console.press("Ada Ltd").awaitHeading("Ada Ltd").press("Move…");
        console.fill("To the group", "West").submit();
        console.awaitNotice("1 customer moved to “West”.").press("Undo").awaitNotice("1 change was undone.");
        assertEquals(Console.url() + "#" + ADA, browser.getCurrentUrl());
    }

    @Test
    void a_thousand_customers_are_deleted_and_brought_back_by_one_call_each() {
        String customer = "{\"name\":\"c%1$d\",\"groupName\":\"West\",\"city\":\"Kiel\",\"referenceId\":\"%1$d\"}";
        api.post("/customers", Api.batch(0, 1000, customer::formatted)).statusCode(200);
        Object before = api.get("/customers?limit=1000").extract().path("data.items");
        enter("#/groups/West?limit=1000", "West").press("Select all 1,001");
        console.awaitSelection("1,001 customers selected").tick("Euler AG");
        console.sent();

        console.press("Delete…").press("Delete").awaitNotice("1,000 customers deleted.");
        assertEquals("DELETE", onlyChange().method());
        api.get("/customer_groups/West/customers").body("data.total", is(1));

        console.press("Undo").awaitNotice("1,000 changes were undone.");
        assertEquals("POST", onlyChange().method());
        assertEquals(before, api.get("/customers?limit=1000").extract().path("data.items"));
    }

    @Test
    void what_an_import_has_created_is_deleted_and_what_it_has_changed_has_its_former_values() {
        change("Ada Ltd", "'city':'Kiel'");
        Object before = api.get("/customers").extract().path("data.items");
        enterEast();
        check("Name,City,Contact\nAda Ltd,,Li\nGauss,Köln,\nNew Ltd,Rom,\n").press("Import 3 customers");
        console.awaitNotice("3 customers imported.");
        api.get("/customers").body("data.total", is(7));

        console.press("Undo").awaitNotice("3 changes were undone.");

        assertEquals(before, api.get("/customers").extract().path("data.items"));
    }

    @Test
    void what_adding_names_has_created_is_deleted_and_what_it_has_moved_goes_back() {
        api.post("/customers", "[{\"name\":\"Free\",\"city\":\"Kiel\"}]").statusCode(200);
        enter("#/groups/West", "West").press("Add customers");
        console.until(() -> console.field("Names, one per line"));
        console.evaluate("document.getElementById('names').value = 'New\\nFree\\nEuler AG\\nAda Ltd\\tEast'");
        console.press("Add").awaitNotice("3 customers added.").awaitRows("Ada Ltd", "Euler AG", "Free", "New");

        console.press("Undo").awaitNotice("3 changes were undone.").awaitRows("Euler AG");

        assertStored("/customers/Free", "'city':'Kiel'");
        api.get(ADA).statusCode(200);
        api.get("/customers").body("data.items", hasSize(6));
    }

    @Test
    void a_customer_that_was_created_or_changed_is_as_before() {
        change("Ada Ltd", "'city':'Kiel','contact':'Li'");
        Map<?, ?> before = api.get(ADA).extract().path("data.items[0]");
        enterAda().fill("City", "Köln");
        console.field("Contact").clear();
        console.press("Save").awaitNotice("“Ada Ltd” was saved.").press("Undo").awaitNotice("1 change was undone.");
        assertEquals(before, api.get(ADA).extract().path("data.items[0]"));
        console.awaitEquals("Kiel", () -> console.value("City"));

        console.go("#/new-customer").awaitHeading("New customer").fill("Name", "Gauss");
        console.fill("City", "Göttingen").submit();
        console.awaitNotice("“Gauss” was created.").press("Undo").awaitHeading("Customers");
        console.awaitNotice("1 change was undone.");
        api.get("/customers/Gauss").statusCode(404);
    }

    @Test
    void a_customer_whose_name_has_a_typo_is_renamed_and_a_refused_name_says_why() {
        change("Ada Ltd", "'city':'Kiel'");
        enterAda().fill("Name", "Curie GmbH").submit();
        console.awaitText("main .error", "There is already a customer \"Curie GmbH\" in the customer group \"East\".");
        console.fill("Name", " ").submit();
        console.until(() -> console.text("main .error").startsWith("Name: "));
        console.awaitFocus("Name");

        console.fill("Name", "Ada Inc").submit();

        console.awaitHeading("Ada Inc").awaitNotice("“Ada Inc” was saved.");
        assertEquals(Console.url() + "#/customers/East/Ada%20Inc", browser.getCurrentUrl());
        assertStored("/customers/East/Ada%20Inc", "'city':'Kiel'");
        console.press("Undo").awaitHeading("Ada Ltd").awaitNotice("1 change was undone.");
        assertStored(ADA, "'city':'Kiel'");
    }

    @Test
    void an_undo_leaves_out_what_somebody_has_changed_since_unless_the_user_ticks_it() {
        enterEast();
        check("Name,City\nGauss,Köln\nHilbert,Kiel\nNoether,\n").press("Import 3 customers");
        console.awaitNotice("3 customers imported.");
        api.patch(
                        "/customers",
                        "[{\"name\":\"Gauss\",\"groupName\":\"East\",\"city\":\"Göttingen\"},"
                                + "{\"name\":\"Noether\",\"groupName\":\"East\",\"city\":\"Erlangen\"}]")
                .statusCode(200);

        console.press("Undo").awaitDialog("Undo: “Hilbert”");
        assertThat(console.text("dialog"), containsString("2 customers were changed since."));
        assertTexts("dialog .names .names li", "City “Köln” → “Göttingen”", "City none → “Erlangen”");
        assertAccessible(1280, "an undo that leaves something out");
        console.check("“Noether”").press("Undo").awaitNotice("2 changes were undone.");

        assertStored("/customers/East/Gauss", "'city':'Göttingen'");
        api.get("/customers/East/Hilbert").statusCode(404);
        api.get("/customers/East/Noether").statusCode(404);
    }

    @Test
    void an_undo_asks_first_where_somebody_has_changed_the_same_since() {
        console.emulate(false, 390);
        enterAda().press("Delete").awaitText("dialog .danger", "Delete");
        console.press("Delete").awaitHeading("East");
        api.post("/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\",\"city\":\"Kiel\"}]");
        assertAccessible(390, "a notice with an undo");

        console.press("Undo").awaitDialog("Undo: “Ada Ltd”");

        assertStored(ADA, "'city':'Kiel'");
        console.press("Undo").awaitNotice("1 change was undone.");
        assertStored(ADA, "'city':null");
    }
}
