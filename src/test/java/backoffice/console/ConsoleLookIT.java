package backoffice.console;

import static java.util.stream.Collectors.joining;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.history.HistoryOn;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        api.patch(
                        "/customers",
                        IntStream.range(0, 40)
                                .mapToObj(i -> "{\"name\":\"c" + i + "\",\"groupName\":\"Large\","
                                        + "\"email\":\"somebody.with.a.name@department" + i + ".example.com\"}")
                                .collect(joining(",", "[", "]")))
                .statusCode(200);
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
    @CsvSource({"390, English", "1280, 中文"})
    void columns_are_chosen_for_all_tables_and_remembered(int width, String language) {
        boolean english = language.equals("English");
        api.patch("/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\",\"country\":\"UK\",\"city\":\"Kiel\"}]")
                .statusCode(200);
        console.emulate(false, width);
        enter("#/customers", "Customers");
        if (!english) {
            console.press("中文").awaitHeading("客户");
        }

        console.press(english ? "Columns" : "显示的列")
                .check(english ? "Country" : "国家")
                .check(english ? "City" : "城市");
        assertAccessible(width, "columns");
        console.press(english ? "Columns" : "显示的列");
        browser.navigate().refresh();
        console.awaitHeading(english ? "Customers" : "客户").awaitEquals("UK", () -> console.text("td.country"));

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
    void changes_say_how_many_are_loaded_and_a_move_names_its_groups() {
        api.post(
                        "/customer_groups/West/customers",
                        IntStream.range(0, 60)
                                .mapToObj(i -> "{\"name\":\"c%d\"}".formatted(i))
                                .collect(Collectors.joining(",", "[", "]")))
                .statusCode(200);
        for (int i = 0; i < 55; i++) {
            api.patch("/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\",\"city\":\"%d\"}]".formatted(i));
        }
        enter("#/changes?customer=Ada+Ltd", "Changes").awaitText(".range", "The newest 50 changes");
        console.press("Load older changes").awaitText(".range", "56 changes");

        api.post(
                        "/customer_groups/West/customers",
                        "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\"},{\"name\":\"Darwin Inc\",\"groupName\":\"East\"}]")
                .statusCode(200);
        console.go("#/changes").awaitText(".changes summary", "Customer moved: East → West · 2 changes");
    }
}
