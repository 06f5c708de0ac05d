package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** The search box of the header, proposals of groups, and times. */
@QuarkusIntegrationTest
class ConsoleFindIT extends InBrowser {

    private static final String BOX = "Find customers and groups";

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
        change("Babbage & Co", BABBAGE);
        enter().fill(BOX, text);

        console.awaitHeading("Customers").awaitEquals(found, () -> String.join(";", console.rows()));
        console.awaitFocus(BOX);
        assertEquals(text, console.value(BOX));
    }

    @Test
    void typing_sends_a_search_after_a_pause_and_an_older_answer_is_dropped() {
        change("Babbage & Co", BABBAGE);
        enterCustomers();
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
        enter().fill(BOX, "ada").awaitRows("Ada Ltd").awaitFocus(BOX);

        browser.navigate().back();
        console.awaitHeading("Groups").awaitEquals("", () -> console.value(BOX));
    }

    @Test
    void what_was_found_stays_in_the_address_beside_the_conditions_is_one_step_back_and_is_reset_with_them() {
        change("Babbage & Co", BABBAGE);
        enterCustomers().choose("Operator", "contains").fill("Value 1", "Babbage");
        console.press("Search").awaitRows("Babbage & Co").fill(BOX, "nobody").awaitRows();
        console.awaitText(".empty", "Change the conditions, or reset them.");
        console.field(BOX).clear();
        console.fill(BOX, "köln").type(Keys.ENTER);
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

        console.awaitEquals(List.of("East"), () -> texts("main > .trail a"));
        console.awaitEquals(4, () -> console.rows().size());
        assertAccessible(width, "finding");
        console.awaitFirstRowInView();
        assertNavigationInOneRow();
        console.evaluate("document.querySelector('main > .trail a').click()");
        console.awaitHeading("East");
    }

    @Test
    void groups_are_proposed_in_conditions_while_one_types_in_any_letter_case() {
        group("100%");
        enterCustomers().choose("Field", "Group").choose("Operator", "= is");
        console.fill("Value 1", "0%").awaitEquals(List.of("100%"), this::proposals);

        console.fill("Value 1", "eas").awaitEquals(List.of("East"), this::proposals);
        console.go("#/new-customer").awaitHeading("New customer").fill("Group", "WES");
        console.awaitEquals(List.of("West"), this::proposals);
    }

    private Object proposals() {
        return console.evaluate("[...document.activeElement.list.options].map(option => option.value)");
    }

    @Test
    void a_time_is_picked_with_the_keyboard_and_stays_in_the_form_of_the_api() {
        change("Ada Ltd", "'regDate':'2026-02-03 04:05:06'");
        console.emulate(false, 390);
        enterAda();
        console.tabTo("Pick a time").type(Keys.ENTER);

        assertEquals("2026-02-03T04:05:06", picker("value"));
        pickTime("2026-02-28T10:00");

        assertEquals("2026-02-28 10:00:00", console.value("Registered"));
        assertAccessible(390, "picking a time");
    }

    @Test
    void a_picked_time_searches_from_then_and_the_picker_starts_today_in_the_zone_of_the_service_which_is_named() {
        enterCustomers().choose("Field", "Registered").choose("Operator", "≥ is at or after");
        console.awaitText(".condition .hint", "Time zone: Asia/Shanghai").press("Pick a time");
        assertThat((String) picker("value"), endsWith("T00:00"));

        pickTime("2030-01-01T00:00:01");

        console.press("Search").awaitRows();
        assertThat(console.text("pre.json, details"), not(containsString("T00")));
        assertThat(browser.getCurrentUrl(), containsString("2030-01-01+00%3A00%3A01"));
        console.press("中文").awaitText(".condition .hint", "时区：Asia/Shanghai");
    }

    private Object picker(String property) {
        return console.evaluate("document.querySelector('.picker')[arguments[0]]", property);
    }

    private void pickTime(String time) {
        browser.executeScript("""
                const picker = document.querySelector('.picker');
                picker.value = arguments[0];
                picker.dispatchEvent(new Event('input', { bubbles: true }));
                """, time);
    }

    @Test
    void between_two_days_means_both_days_whole_in_the_list_and_in_the_export() {
        api.post("/customers", """
                [{"name":"before","regDate":"2020-01-31 23:59:59"},{"name":"first","regDate":"2020-02-01 00:00:00"},
                {"name":"last","regDate":"2020-02-02 23:59:59"},{"name":"after","regDate":"2020-02-03 00:00:00"}]""");
        enterCustomers().choose("Field", "Registered").choose("Operator", "is between");
        assertEquals("date", console.evaluate("document.querySelector('.picker').type"));
        console.fill("Value 1", "2020-02-01").fill("Value 2", "2020-02-02");
        console.press("Search").awaitRows("first", "last");

        console.press("Export").press("Export").awaitNotice("2 customers exported.");

        console.choose("Operator", "≤ is at or before").fill("Value 1", "2020-02-02");
        console.submit().awaitRows("before", "first", "last");
        console.choose("Operator", "> is after").fill("Value 1", "2020-02-02").submit();
        console.awaitEquals(false, () -> console.rows().contains("last"));
        assertThat(console.rows(), hasItems("after", "Ada Ltd"));
        // A time stays a time.
        console.choose("Operator", "is between").fill("Value 1", "2020-02-01");
        console.fill("Value 2", "2020-02-02 00:00:00").submit().awaitRows("first");
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
        enterCustomers();
        openSearch().choose("Field", "Registered");
        assertAccessible(width, "periods");

        openSearch().press("Today").awaitRows("-0");
        openSearch().press("7 days").awaitRows("-0", "-6");
        openSearch().press("30 days").awaitRows("-0", "-29", "-6", "-7");
        openSearch().press("This month");
        String first = now.withDayOfMonth(1).toString();
        console.until(() -> browser.getCurrentUrl().contains(first));
    }

    /** A search closes the form of a telephone. */
    private Console openSearch() {
        console.evaluate("document.querySelector('.search').open = true");
        return console;
    }
}
