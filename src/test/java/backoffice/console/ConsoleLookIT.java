package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.history.HistoryOn;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** What a user sees at a glance: rows, columns, links, titles, and how much is loaded. */
@Tag("slow")
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
class ConsoleLookIT extends InBrowser {

    @ParameterizedTest
    @CsvSource({"#/customers, Customers", "#/groups/Large, Large"})
    void a_window_of_1280_by_800_has_ten_rows_and_a_table_takes_the_whole_width(String place, String heading) {
        group("Large", IntStream.range(0, 40).mapToObj(i -> "c" + i).toArray(String[]::new));
        Sql.execute("update customer set email = 'somebody.with.a.name@department' || id || '.example.com'");
        console.emulate(false, 1280);
        enter(place, heading).awaitEquals(true, () -> console.rows().size() >= 40);

        assertThat(
                (Long) console.evaluate("[...document.querySelectorAll('tbody tr')]"
                        + ".filter(row => row.getBoundingClientRect().bottom <= innerHeight).length"),
                greaterThanOrEqualTo(10L));
        console.emulate(false, 2400);
        assertThat((Long) console.evaluate("document.querySelector('table').offsetWidth"), greaterThanOrEqualTo(2300L));
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void columns_are_chosen_for_all_tables_and_remembered(int width) {
        api.patch("/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\",\"country\":\"UK\",\"city\":\"Kiel\"}]")
                .statusCode(200);
        console.emulate(false, width);
        enter("#/customers", "Customers");

        console.press("Columns").check("Country").check("City");
        assertAccessible(width, "columns");
        console.press("Columns");
        browser.navigate().refresh();
        console.awaitHeading("Customers").awaitEquals("UK", () -> console.text("td.country"));

        assertEquals(0, browser.findElements(By.cssSelector("td.city")).size());
        console.go("#/groups/East").awaitHeading("East").awaitEquals("UK", () -> console.text("td.country"));
    }

    @Test
    void mail_and_telephone_are_links_where_they_can_be() {
        api.patch("/customers", """
                [{"name":"Ada Ltd","groupName":"East","email":"a+b?@example.com","mobileNumber":"+86 (138) 0000-1111"},
                 {"name":"Babbage & Co","groupName":"East","email":"ask Bob","mobileNumber":"none"}]""").statusCode(200);
        enter("#/customers", "Customers");

        assertEquals(
                List.of("mailto:a%2Bb%3F%40example.com", "tel:+8613800001111"),
                console.evaluate("[...document.querySelectorAll('td bdi a')].map(link => link.getAttribute('href'))"));
        assertEquals("ask Bob", texts("td.email").get(1));
    }

    @Test
    void a_dialog_without_fields_begins_at_its_title() {
        group("Many", IntStream.range(0, 60).mapToObj(i -> "c" + i).toArray(String[]::new));
        enter("#/groups/Many", "Many").check("Select all customers on this page");

        console.press("Delete…").awaitFocus("Delete 50 customers");

        assertEquals("H2", console.evaluate("document.activeElement.tagName"));
        assertEquals(0L, console.evaluate("document.querySelector('dialog').scrollTop"));
    }

    @Test
    void changes_of_one_call_have_one_title_which_names_the_groups_of_a_move() {
        api.post(
                        "/customer_groups/West/customers",
                        "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\"},{\"name\":\"Darwin Inc\",\"groupName\":\"East\"}]")
                .statusCode(200);
        enter("#/changes", "Changes").awaitText(".changes summary", "Customer moved: East → West · 2 changes");
    }
}
