package backoffice.console;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, moving and taking out the customers of a group in the console. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleMembersIT extends InBrowser {

    private static final String REFUSAL = "A name cannot be empty, “.” or “..”.";

    @Test
    void selected_customers_are_moved_to_another_group() {
        enter().press("East").awaitHeading("East");
        assertFalse(console.isEnabled("Move…"));

        console.tick("Ada Ltd").tick("Curie GmbH").tick("Darwin Inc").awaitText(".toolbar p", "3 customers selected");
        console.press("Move…").fill("To the group", "West").submit();

        console.awaitNotice("3 customers moved to “West”.").awaitRows("Babbage & Co");
        console.go("#/groups/West").awaitRows("Ada Ltd", "Curie GmbH", "Darwin Inc", "Euler AG");
    }

    @Test
    void the_selection_is_kept_across_pages_and_after_a_refused_move() {
        enter("#/groups/East?limit=2", "East").check("Select all customers on this page");
        console.press("Next page").awaitRows("Curie GmbH", "Darwin Inc").tick("Curie GmbH");
        console.awaitText(".toolbar p", "3 customers selected")
                .press("Move…")
                .fill("To the group", "Nowhere")
                .submit();

        console.until(() -> console.text("dialog .error").contains("\"Nowhere\""));
        console.press("Cancel").awaitText(".toolbar p", "3 customers selected");
        console.press("Clear").awaitText(".toolbar p", "Select customers to move them.");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void no_customer_is_changed_by_a_move_to_a_group_whose_name_would_change_the_path(String name) {
        String stored = customerWithEmail();

        enter("#/groups/East", "East")
                .tick("Ada Ltd")
                .press("Move…")
                .fill("To the group", name)
                .submit();

        console.awaitText("dialog .error", REFUSAL);
        assertEquals(stored, ada());
    }

    @Test
    void no_customer_is_changed_by_adding_it_to_a_group_whose_name_would_change_the_path() {
        String stored = customerWithEmail();

        enter("#/groups/..", "..").press("Add customers");
        console.evaluate("document.getElementById('names').value = arguments[0]", "Ada Ltd\tEast\n");
        console.press("Add").awaitText("dialog .error", REFUSAL);

        assertEquals(stored, ada());
    }

    private String customerWithEmail() {
        api.patch("/customers", """
                [{"name":"Ada Ltd","groupName":"East","email":"ada@example.com","description":"the first"}]""").statusCode(200);
        return ada();
    }

    private String ada() {
        return api.get("/customers/East/Ada%20Ltd").extract().asString();
    }

    @Test
    void groups_are_suggested_while_typing() {
        group("100%");
        enter("#/groups/East", "East").tick("Ada Ltd").press("Move…").fill("To the group", "0%");

        console.awaitEquals(
                "100%", () -> (String) console.evaluate("document.querySelector('datalist option:only-child').value"));
    }

    @Test
    void customers_are_added_by_name_and_from_other_groups_and_taken_out() {
        enter("#/groups/West", "West").press("Add customers");
        console.evaluate("document.getElementById('names').value = arguments[0]", "Galois SA\nAda Ltd\tEast\n");
        console.press("Add").awaitNotice("2 customers added.").awaitRows("Ada Ltd", "Euler AG", "Galois SA");
        api.get("/customer_groups/East/customers").body("data.total", is(3));

        console.tick("Euler AG").tick("Galois SA").press("Take out…").press("Take out");
        console.awaitNotice("2 customers taken out of the group.").awaitRows("Ada Ltd");
        api.get("/customers/Euler%20AG").statusCode(200);
    }

    @Test
    void more_customers_than_one_call_accepts_are_sent_in_several_calls_and_the_rest_can_be_sent_again() {
        enter("#/groups/West", "West").press("Add customers");
        console.evaluate("document.getElementById('names').value = [...Array.from({length: 1500}, (_, i) => 'n' + i),"
                + " 'Hilbert\\tNowhere'].join('\\n')");
        console.press("Add").until(() -> console.text("dialog .error").contains("\"Nowhere\""));
        console.awaitText("dialog [role=status]", "1,000 of 1,501 done…");

        console.evaluate(
                "document.getElementById('names').value = arguments[0].replace('\\tNowhere', '')",
                console.field("Names, one per line").getDomProperty("value"));
        console.press("Add").awaitNotice("501 customers added.").awaitText(".range", "1–50 of 1,502");
    }
}
