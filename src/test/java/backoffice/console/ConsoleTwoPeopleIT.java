package backoffice.console;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.history.HistoryOn;
import backoffice.testsupport.StoredKeys;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** Two people work on the same customer, and a key ends while a person types. */
@Tag("slow")
@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
@ExtendWith(StoredKeys.class)
class ConsoleTwoPeopleIT extends InBrowser {

    private static final String ADA = "/customers/East/Ada%20Ltd";

    @ParameterizedTest
    @CsvSource({
        "English, 390, City, Save, '“Ada Ltd” was saved. Meanwhile, somebody else has changed Contact: Li.'",
        "中文, 1280, 城市, 保存, 已保存“Ada Ltd”。在此期间他人修改了联系人：Li。"
    })
    void what_somebody_else_has_changed_meanwhile_is_named_shown_and_kept(
            String language, int width, String city, String save, String notice) {
        console.emulate(false, width);
        enter("#" + ADA, "Ada Ltd").until(() -> console.field("City") != null);
        console.speak(language);
        console.fill(city, "Kiel");
        byOthers("\"contact\":\"Li\"");

        console.press(save).awaitNotice(notice);

        api.get(ADA).body("data.items[0].city", is("Kiel")).body("data.items[0].contact", is("Li"));
        assertEquals("Li", console.evaluate("document.getElementById('contact').value"));
        assertAccessible(width, "a change by somebody else");
    }

    @Test
    void a_field_that_somebody_else_has_changed_is_not_replaced_before_the_user_has_seen_it() {
        enter("#" + ADA, "Ada Ltd").until(() -> console.field("City") != null);
        console.fill("City", "Kiel");
        byOthers("\"city\":\"Köln\",\"contact\":\"Li\"");

        console.press("Save");
        console.awaitText("main .error", "Meanwhile, somebody else has changed City: Köln. Save again to replace it.");
        api.get(ADA).body("data.items[0].city", is("Köln"));
        assertEquals("Kiel", console.field("City").getDomProperty("value"));
        assertEquals("Li", console.field("Contact").getDomProperty("value"));

        console.press("Save").awaitNotice("“Ada Ltd” was saved.");
        api.get(ADA).body("data.items[0].city", is("Kiel")).body("data.items[0].contact", is("Li"));
    }

    private void byOthers(String members) {
        api.patch("/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\",%s}]".formatted(members))
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'#/customers/East/Ada%20Ltd', Ada Ltd, City, Save, true",
        "'#/customers/East/Ada%20Ltd', Ada Ltd, City, Save, false",
        "'#/new-customer', New customer, Name, Create, true"
    })
    void a_key_that_ends_keeps_what_was_typed_for_the_same_vendor(
            String hash, String heading, String label, String button, boolean sameVendor) {
        String key = StoredKeys.create("support", false);
        StoredKeys.awaitStatus(key, 200);
        console.enter(key, hash).awaitHeading(heading).until(() -> console.field(label) != null);
        console.fill(label, "Kiel");
        StoredKeys.deleteAll();
        StoredKeys.awaitStatus(key, 401);

        console.press(button).awaitHeading("Customer groups").awaitText("[role=alert]", "The bitkey is unknown.");
        console.signIn("wrong").awaitText("[role=alert]", "The bitkey is unknown.");
        console.signIn(sameVendor ? Vendors.ACME : Vendors.GLOBEX).awaitHeading(heading);

        if (sameVendor) {
            console.awaitEquals("Kiel", () -> console.field(label).getDomProperty("value"));
            console.press(button).until(() -> console.text(".notice p").contains("“"));
        }
        assertEquals(null, console.evaluate("sessionStorage.getItem('kept')"), "nothing is kept for the next sign-in");
    }

    @Test
    void cancel_asks_where_escape_asks() {
        enter("#/groups/East", "East").press("Add customers").fill("Names, one per line", "Gauss");

        console.press("Cancel").answer(false);
        assertEquals("Gauss", console.field("Names, one per line").getDomProperty("value"));
        console.type(Keys.ESCAPE).answer(false);

        console.press("Cancel").answer(true).awaitFocus("Add customers");
    }

    @Test
    void a_key_that_is_read_only_is_offered_no_undo() {
        api.delete(ADA);
        String key = StoredKeys.create("reader", true);
        StoredKeys.awaitStatus(key, 200);

        console.enter(key, "#/customers/West/Euler%20AG").awaitHeading("Euler AG");
        console.press("Filter these changes").awaitHeading("Changes");

        console.awaitEquals(false, () -> console.texts(".changes", "innerText").isEmpty());
        assertEquals(List.of(), console.texts(".changes button", "textContent"));
    }
}
