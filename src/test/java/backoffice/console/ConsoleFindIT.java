package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The search box of the header, proposals of groups, and searches for days. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleFindIT extends InBrowser {

    private static final String BOX = "Find customers and groups";
    private static final int FIRST_CARD_OF_TELEPHONE = 844;

    @ParameterizedTest
    @CsvSource({
        "CHARLES,         Babbage & Co",
        "7946,            Babbage & Co",
        "@example.com,    Babbage & Co",
        "köln babb,       Babbage & Co",
        "east,            Ada Ltd;Babbage & Co;Curie GmbH;Darwin Inc",
        "köln west,       ''"
    })
    void a_customer_is_found_while_one_types_by_any_of_its_texts_in_any_letter_case(String text, String found) {
        babbage();
        enter().fill(BOX, text);

        console.awaitHeading("Customers").awaitRows(found.isEmpty() ? new String[0] : found.split(";"));
        console.awaitFocus(BOX);
        assertEquals(text, console.value(BOX));
    }

    private void babbage() {
        api.patch("/customers", """
                [{"name":"Babbage & Co","groupName":"East","contact":"Charles","email":"charles@example.com",
                "mobileNumber":"+44 20 7946 0000","city":"Köln"}]""").statusCode(200);
    }

    @Test
    void typing_sends_a_search_after_a_pause_and_an_older_answer_is_dropped() {
        babbage();
        enter("#/customers", "Customers");
        // The answer to the first text comes late.
        browser.executeScript("""
                const send = window.fetch;
                window.fetch = (url, request) => request.body?.includes('"ad"')
                    ? new Promise((resolve, reject) => {
                        request.signal.addEventListener('abort', () => reject(request.signal.reason));
                        setTimeout(() => send(url, request).then(resolve, reject), 1500);
                      })
                    : send(url, request);
                """);
        console.sent();
        console.fill(BOX, "ad");
        console.until(() -> browser.getCurrentUrl().contains("find=ad"));
        console.type(Keys.BACK_SPACE, Keys.BACK_SPACE, "charl");

        console.awaitRows("Babbage & Co");
        console.evaluate("new Promise(resolve => setTimeout(resolve, 2000))");
        assertEquals(List.of("Babbage & Co"), console.rows());
        assertThat(
                "two pauses, and not each key", console.sent("/customers/data").size(), lessThanOrEqualTo(3));
    }

    @Test
    void the_box_has_no_text_where_the_list_has_all_customers() {
        enter().fill(BOX, "ada");
        console.awaitRows("Ada Ltd").awaitFocus(BOX);

        browser.navigate().back();
        console.awaitHeading("Groups").awaitEquals("", () -> console.value(BOX));
    }

    @Test
    void what_was_found_stays_in_the_address_beside_the_conditions_and_is_one_step_back() {
        babbage();
        enter("#/customers", "Customers").choose("Operator", "contains").fill("Value 1", "Babbage");
        console.press("Search").awaitRows("Babbage & Co").fill(BOX, "nobody");
        console.awaitRows();
        console.field(BOX).clear();
        console.fill(BOX, "köln").sendKeys(Keys.ENTER);
        console.awaitRows("Babbage & Co").press("Request as JSON and curl");
        assertThat(console.text("pre.json"), containsString("\"any\""));

        browser.navigate().refresh();
        console.awaitRows("Babbage & Co").awaitEquals("köln", () -> console.value(BOX));
        console.press("Babbage & Co").awaitHeading("Babbage & Co");
        browser.navigate().back();
        console.awaitHeading("Customers").awaitRows("Babbage & Co");
        console.press("Reset").awaitEquals(5, () -> console.rows().size());
        assertEquals("", console.value(BOX));
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void groups_whose_names_contain_the_text_are_links_and_the_box_is_accessible(int width) {
        console.emulate(width == 390, width);
        enter().fill(BOX, "EAS");

        console.awaitEquals(List.of("East"), () -> console.texts("main > .trail a", "textContent"));
        console.awaitEquals(4, () -> console.rows().size());
        assertAccessible(width, "finding");
        assertEquals(
                true,
                console.evaluate(
                        "document.querySelector('tbody tr').getBoundingClientRect().bottom <= arguments[0]",
                        FIRST_CARD_OF_TELEPHONE));
        assertNavigationInOneRow();
        console.evaluate("document.querySelector('main > .trail a').click()");
        console.awaitHeading("East");
    }

    @Test
    void groups_are_proposed_in_conditions_while_one_types_in_any_letter_case() {
        group("100%");
        enter("#/customers", "Customers").choose("Field", "Group").choose("Operator", "= is");
        console.fill("Value 1", "0%");
        console.awaitEquals(List.of("100%"), this::proposals);

        console.fill("Value 1", "eas");
        console.awaitEquals(List.of("East"), this::proposals);
        console.go("#/new-customer").awaitHeading("New customer").fill("Group", "WES");
        console.awaitEquals(List.of("West"), this::proposals);
    }

    private List<String> proposals() {
        return ((List<?>) console.evaluate("[...document.activeElement.list.options].map(option => option.value)"))
                .stream().map(Object::toString).toList();
    }

    @Test
    void between_two_days_means_both_days_whole_in_the_list_and_in_the_export() {
        api.post("/customers", """
                [{"name":"before","regDate":"2020-01-31 23:59:59"},{"name":"first","regDate":"2020-02-01 00:00:00"},
                {"name":"last","regDate":"2020-02-02 23:59:59"},{"name":"after","regDate":"2020-02-03 00:00:00"}]""");
        enter("#/customers", "Customers").choose("Field", "Registered").choose("Operator", "is between");
        assertEquals("date", console.evaluate("document.querySelector('.picker').type"));
        console.fill("Value 1", "2020-02-01");
        console.fill("Value 2", "2020-02-02");
        console.press("Search").awaitRows("first", "last");

        console.press("Export").press("Export").awaitNotice("2 customers exported.");

        console.choose("Operator", "≤ is at or before")
                .fill("Value 1", "2020-02-02")
                .submit();
        console.awaitRows("before", "first", "last");
        console.choose("Operator", "> is after").fill("Value 1", "2020-02-02").submit();
        console.awaitEquals(false, () -> console.rows().contains("last"));
        assertThat(console.rows(), hasItems("after", "Ada Ltd"));
        // A time stays a time.
        console.choose("Operator", "is between").fill("Value 1", "2020-02-01");
        console.fill("Value 2", "2020-02-02 00:00:00").submit();
        console.awaitRows("first");
    }

    @ParameterizedTest
    @ValueSource(ints = {390, 1280})
    void periods_that_end_today_are_one_press_away(int width) {
        LocalDate now = LocalDate.now(ZoneId.of("Asia/Shanghai"));
        List<String> ago = Stream.of(0, 6, 7, 29, 30)
                .map(n -> "{\"name\":\"-%d\",\"regDate\":\"%s\"}".formatted(n, now.minusDays(n)))
                .toList();
        Sql.clean();
        api.post("/customers", ago.toString()).statusCode(200);
        console.emulate(false, width);
        enter("#/customers", "Customers");
        if (width == 390) {
            console.press("Search and sort");
        }
        console.choose("Field", "Registered");
        assertAccessible(width, "periods");

        reopen(width).press("Today").awaitRows("-0");
        reopen(width).press("7 days").awaitRows("-0", "-6");
        reopen(width).press("30 days").awaitRows("-0", "-29", "-6", "-7");
        reopen(width).press("This month");
        console.until(() -> browser.getCurrentUrl()
                .contains(now.with(TemporalAdjusters.firstDayOfMonth()).toString()));
    }

    /** A search closes the form of a telephone. */
    private Console reopen(int width) {
        if (width == 390) {
            console.evaluate("document.querySelector('.search').open = true");
        }
        return console;
    }
}
