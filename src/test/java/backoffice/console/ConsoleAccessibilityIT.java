package backoffice.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

@QuarkusIntegrationTest
class ConsoleAccessibilityIT extends InBrowser {

    private static final int TELEPHONE = 360;

    /** The words in the names of a list that are on two lines. */
    private static final String BROKEN_WORDS = """
        [...document.querySelectorAll('tbody bdi')].flatMap(name =>
          [...name.textContent.matchAll(/[^W\\s]+/g)].filter(word => {
            const range = document.createRange();
            range.setStart([...name.childNodes].find(node => node.nodeType === Node.TEXT_NODE && node.data), word.index);
            range.setEnd(range.startContainer, word.index + word[0].length);
            return range.getClientRects().length > 1;
          }).map(word => word[0]))\
        """;

    /** The names of a list that have more than three lines. */
    private static final String LONG_NAMES = """
        [...document.querySelectorAll('tbody .name bdi')]
          .filter(name => name.offsetHeight > 3.5 * parseFloat(getComputedStyle(name).lineHeight))
          .map(name => name.textContent)\
        """;

    @Test
    void everything_can_be_done_with_the_keyboard_alone() {
        console.open().tabTo("Bitkey").type(Vendors.ACME, Keys.ENTER).awaitHeading("Groups");

        console.tabTo("New group").type(Keys.ENTER).awaitFocus("Name of the group");
        console.type("Keys", Keys.ENTER).awaitNotice("“Keys” was created.").awaitFocus("New group");

        console.tabTo("East").type(Keys.ENTER).awaitHeading("East");
        console.tabTo("Select “Ada Ltd”").type(Keys.SPACE);
        console.awaitSelection("1 customer selected");
        console.pressUntilFocused(Keys.chord(Keys.SHIFT, Keys.TAB), "Move…").type(Keys.ENTER);
        console.awaitFocus("To the group").type("Keys", Keys.ENTER).awaitNotice("1 customer moved to “Keys”.");
    }

    @Test
    void a_telephone_shows_the_whole_page_size() {
        console.emulate(false, TELEPHONE);
        enter();
        for (String size : List.of("20", "1000")) {
            console.go("#/groups?limit=" + size).awaitText("#limit option:checked", size.replace("1000", "1,000"));
            assertEquals(true, console.evaluate("""
                (() => {
                  const size = document.getElementById('limit');
                  const label = document.querySelector('[for=limit]').getBoundingClientRect();
                  const box = size.getBoundingClientRect();
                  const text = Object.assign(document.createElement('canvas').getContext('2d'), { font: getComputedStyle(size).font });
                  return box.right <= innerWidth && label.bottom > box.top && label.top < box.bottom
                    && text.measureText(size.selectedOptions[0].text).width + 40 <= box.width;
                })()\
                """), size);
        }
    }

    @Test
    void lists_break_names_between_words_and_show_three_lines_of_a_long_one() {
        String words = "Wissenschaft Forschung Universität Gesellschaft";
        group(words, words);
        group("W".repeat(255));
        Map<String, String> places =
                Map.of("Groups", "", "Customers", "#/customers", words, "#/groups/" + words.replace(" ", "%20"));
        for (int width : List.of(TELEPHONE, 1200)) {
            console.emulate(false, width);
            places.forEach((heading, place) -> {
                enter(place, heading);
                assertEquals(List.of(), console.evaluate(BROKEN_WORDS), place);
                assertEquals(List.of(), console.evaluate(LONG_NAMES), place);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 360", "true, 1200"})
    void every_view_is_accessible_and_does_not_scroll_horizontally(boolean dark, int width) {
        group("W".repeat(255), "W".repeat(255));
        console.emulate(dark, width);
        console.open().awaitFocus("Bitkey");
        assertAccessible(width, "signing in");
        enter();
        assertAccessible(width, "groups");
        if (width == TELEPHONE) {
            console.press("Search and sort");
        }
        console.press("Request as JSON and curl").press("+ Condition").press("+ Sort");
        console.press("Help with the search");
        assertAccessible(width, "search");
        console.press("Delete “East”").press("Delete").awaitRefusalWith("East");
        assertAccessible(width, "refusal");
        console.press("Cancel").go("#/groups/" + "W".repeat(255)).awaitHeading("W".repeat(255));
        console.check("Select all customers on this page");
        assertAccessible(width, "customers of a group");
        console.press("Add customers").awaitFocus("Names, one per line");
        assertAccessible(width, "adding");
        console.press("Cancel").go("#/customers").awaitHeading("Customers");
        assertAccessible(width, "customers");
        console.go("#" + ADA).awaitHeading("Ada Ltd").until(() -> console.field("City"));
        assertAccessible(width, "customer");
        console.go("#/new-customer").awaitHeading("New customer");
        assertAccessible(width, "new customer");
    }

    @Test
    void the_language_applies_to_console_and_service_survives_a_reload_and_has_the_same_messages() {
        enter().press("中文").awaitHeading("客户组");
        assertEquals("zh-Hans", console.evaluate("document.documentElement.lang"));
        browser.navigate().refresh();
        console.awaitHeading("客户组").press("删除“East”").press("删除");
        console.awaitRefusalWith("客户组“East”");
        console.press("取消").press("English").awaitHeading("Groups");

        assertEquals(List.of(List.of(), List.of()), browser.executeScript("""
            const keys = o => Object.entries(o).flatMap(([k, v]) => typeof v === 'object' ? keys(v).map(x => k + '.' + x) : [k + ':' + typeof v]);
            return Promise.all([import('./messages.en.js'), import('./messages.zh.js')]).then(([{en}, {zh}]) =>
                [keys(en).filter(k => !keys(zh).includes(k)), keys(zh).filter(k => !keys(en).includes(k))]);
            """));
    }

    /** The focus is at the top of the window where it is behind something that stays there. */
    @ParameterizedTest
    @CsvSource({"390", "1280"})
    void the_toolbar_that_stays_in_view_hides_no_focus(int width) {
        largeGroup(40);
        console.emulate(false, width);
        enterCustomers().check("Select “Ada Ltd”");
        console.evaluate("document.querySelector('.scroller').focus()");
        for (String control : List.of("Select all customers on this page", "Customer", "Select “Ada Ltd”")) {
            console.tabTo(control);
            assertEquals(true, console.evaluate("""
                ((focused, box) => focused.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)))
                (document.activeElement, document.activeElement.getBoundingClientRect())\
                """), control);
        }
    }
}
