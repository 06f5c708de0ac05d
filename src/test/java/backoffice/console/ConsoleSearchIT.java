package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import backoffice.docs.Bash;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

@QuarkusIntegrationTest
class ConsoleSearchIT extends InBrowser {

    @Test
    void a_click_on_the_header_of_a_column_sorts_by_it_and_another_one_turns_the_order() {
        enterCustomers().press("Group").awaitText("[aria-sort=ascending]", "Group");
        console.press("Group").awaitText("[aria-sort=descending]", "Group");
        console.awaitRows("Euler AG", "Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc");
        console.awaitFocus("Group").press("Customer").press("Customer");
        console.awaitRows("Euler AG", "Darwin Inc", "Curie GmbH", "Babbage & Co", "Ada Ltd");

        browser.navigate().back();
        console.awaitRows("Ada Ltd", "Babbage & Co", "Curie GmbH", "Darwin Inc", "Euler AG");
    }

    @ParameterizedTest
    @CsvSource({
        "contains,              as,            , East",
        "contains,              as,          es, East;West",
        "= is,                 West,          , West",
        "≠ is not,             West,      East, it's \"so\" \\ $HOME `id`",
        "> comes after,        East,          , West;it's \"so\" \\ $HOME `id`",
        "≤ is or comes before, West,          , East;West",
        "is between,            East,      West, East;West",
        "is like the pattern,   _est,          , West",
        "is not like the pattern, %st,         , it's \"so\" \\ $HOME `id`",
        "has no value,              ,          , ''",
        "has a value,               ,          , East;West;it's \"so\" \\ $HOME `id`",
        "= is, it's \"so\" \\ $HOME `id`,     , it's \"so\" \\ $HOME `id`"
    })
    void a_search_finds_the_same_as_the_request_that_it_shows(
            String operator, String first, String second, String found) {
        group("it's \"so\" \\ $HOME `id`");
        enter().choose("Operator", operator);
        if (first != null) {
            console.fill("Value 1", first);
        }
        if (second != null) {
            if (!operator.equals("is between")) {
                console.press("+ or");
            }
            console.fill("Value 2", second);
        }
        console.sent();
        console.press("Search");

        console.awaitEquals(found, () -> String.join(";", console.rows())).press("Request as JSON and curl");
        // The list that was there before may still count the customers of its groups.
        Console.Request sent = console.sent("/data").get(0);
        assertEquals(Console.json(sent.body()), Console.json(console.text("pre.json")));
        String answer = Bash.output("export BITKEY=" + Vendors.ACME + "\n" + console.text("pre.curl"));
        assertEquals(found, String.join(";", JsonPath.from(answer).<String>getList("data.items.name")));
        assertThat(console.text("pre.curl"), not(containsString(Vendors.ACME)));
    }

    @Test
    void a_sorted_search_for_customers_survives_a_reload_and_the_back_button() {
        enterCustomers().awaitEquals(5, () -> console.rows().size());
        console.choose("Field", "Group").choose("Operator", "= is").fill("Value 1", "East");
        console.press("+ Sort").choose("Direction", "descending").press("Search");
        console.awaitRows("Darwin Inc", "Curie GmbH", "Babbage & Co", "Ada Ltd");

        browser.navigate().refresh();
        console.awaitRows("Darwin Inc", "Curie GmbH", "Babbage & Co", "Ada Ltd");
        browser.navigate().back();
        console.awaitEquals(5, () -> console.rows().size());
    }

    @Test
    void a_refused_search_shows_the_reason() {
        enter().choose("Operator", "is like the pattern").fill("Value 1", "\\");

        console.press("Search").until(() -> console.text(".panel.error").contains("\\"));
        console.press("Reset").awaitRows("East", "West");
    }

    @Test
    void a_long_list_is_paged_to_its_last_row() {
        Sql.execute("insert into customer_group (vendor, name)"
                + " select 'acme', 'n' || lpad(i::text, 4, '0') from generate_series(1, 1200) i");
        enter().awaitRange("1–50 of 1,202");

        console.press("Last page").awaitRange("1,201–1,202 of 1,202").awaitRows("n1199", "n1200");
        assertFalse(console.isEnabled("Next page"));
        console.press("Previous page").awaitRange("1,151–1,200 of 1,202");
        console.choose("Items per page", "100").awaitRange("1–100 of 1,202");
        console.field("Page").sendKeys(Keys.chord(Keys.CONTROL, "a"), "2");
        console.press("Go").awaitRange("101–200 of 1,202");
        browser.navigate().refresh();
        console.awaitRange("101–200 of 1,202");
        browser.navigate().back();
        console.awaitRange("1–100 of 1,202");
    }

    @Test
    void a_field_is_offered_once_for_the_order() {
        enterCustomers().press("+ Sort").press("+ Sort");

        assertEquals(
                List.of("Name", "Registered", "Group", "Registered"),
                console.evaluate("[...document.querySelectorAll('[aria-label^=Sort] [aria-label=Field] option')]"
                        + ".map(option => option.textContent.trim())"));
    }
}
