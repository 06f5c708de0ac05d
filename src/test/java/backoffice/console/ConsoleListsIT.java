package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Sql;
import backoffice.testsupport.StoredKeys;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** What a user sees and does in the lists of the console, on a screen and on a telephone. */
@Tag("slow")
@QuarkusIntegrationTest
class ConsoleListsIT extends InBrowser {

    private static final int TELEPHONE = 390;
    private static final int SCREEN = 1280;

    @ParameterizedTest
    @CsvSource({
        "Groups, '', No groups found., Create the first one",
        "Customers, #/customers, No customers found., Create the first one",
        "North, #/groups/North, No customers found., Add customers by name"
    })
    void an_empty_list_says_what_to_do(String heading, String place, String text, String advice) {
        Sql.clean();
        if (heading.equals("North")) {
            group("North");
        }
        for (int width : List.of(TELEPHONE, SCREEN)) {
            console.emulate(width == SCREEN, width);
            enter(place, heading).awaitText(".range", text);
            assertThat(console.text(".empty"), startsWith(advice));
            assertAccessible(width, "empty " + heading);
        }
        String key = StoredKeys.create("support", true);
        StoredKeys.awaitStatus(key, 200);
        console.clearStorage().enter(key, place).awaitHeading(heading).awaitText(".range", text);
        assertEquals("", console.text(".empty"));
        StoredKeys.deleteAll();
    }

    @Test
    void a_search_without_a_result_leads_back_to_the_whole_list() {
        enter().fill("Value 1", "nobody").submit();
        console.awaitText(".range", "No groups found.");

        assertEquals("Change the conditions, or reset them.", console.text(".empty"));
        console.press("Reset").awaitRows("East", "West");
    }

    @ParameterizedTest
    @CsvSource({
        "English, Help with the search, Group “has no value”: customers without a group.",
        "中文, 查询帮助, 客户组“为空”：未分组的客户。"
    })
    void the_search_explains_itself_with_examples(String language, String help, String example) {
        for (int width : List.of(TELEPHONE, SCREEN)) {
            console.clearStorage().emulate(width == TELEPHONE, width);
            enter("#/customers", "Customers");
            if (language.equals("中文")) {
                console.press(language);
            }
            console.tabTo(help)
                    .type(Keys.ENTER)
                    .until(() -> console.text(".help").contains(example));
            assertAccessible(width, "help");
        }
    }
}
