package backoffice.console;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.*;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.history.HistoryOn;
import backoffice.testsupport.Sql;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

@Order(Integer.MAX_VALUE)
@QuarkusIntegrationTest
@TestProfile(HistoryOn.class)
class ConsoleHistoryIT extends InBrowser {

    @Test
    void the_history_of_a_customer_says_what_was_changed_when_and_by_whom() {
        // Given a customer that was moved and then changed
        api.post("/customer_groups/West/customers", "[{\"name\":\"Ada Ltd\",\"groupName\":\"East\"}]");
        api.with("x-correlation-id", "order-17")
                .patch(
                        "/customers",
                        "[{\"name\":\"Ada Ltd\",\"groupName\":\"West\",\"city\":\"Kiel\",\"contact\":\"<b>Ada</b>\"}]");
        elsewhere();

        // When its history is opened
        enter("#/customers/West/Ada%20Ltd", "Ada Ltd").press("History");

        // Then it has all events, the newest first, also those before the move
        awaitSentences(
                "Customer “Ada Ltd” in “West” was changed:",
                "Customer “Ada Ltd” was moved from “East” to “West”.",
                "Customer “Ada Ltd” in “East” was created.");
        assertTexts(".changes .names li", "City none → “Kiel”", "Contact none → “<b>Ada</b>”");
        String time =
                Sql.text("select date_trunc('second', max(changed_at) at time zone 'Asia/Shanghai') from history");
        assertEquals(
                time + " Asia/Shanghai · by key “configured” · PATCH /customers · Correlation id order-17",
                texts(".changes .hint").get(0));

        // And a change in the view is added to it
        console.fill("City", "Köln").submit();
        console.awaitEquals(List.of("City “Kiel” → “Köln”"), () -> texts(".changes li:first-child .names li"));
    }

    @Test
    void a_creation_has_one_time_in_the_zone_of_the_service_in_list_form_and_history() {
        elsewhere();
        enterCustomers().awaitEquals(5, () -> console.rows().size());
        assertEquals("Registered Asia/Shanghai", texts("th:has(.zone)").get(0));
        String listed = texts("td.regDate").get(0);

        console.press("Ada Ltd").awaitHeading("Ada Ltd").press("History");
        awaitSentences("Customer “Ada Ltd” in “East” was created.");

        assertEquals(listed, console.value("Registered"));
        assertEquals("Time zone: Asia/Shanghai", texts("#zone").get(0));
        long millis = Timestamp.valueOf(texts("time").get(0)).getTime()
                - Timestamp.valueOf(listed).getTime();
        assertThat(Math.abs(millis), lessThan(5000L));
    }

    /** The zone of the browser is not that of the service. */
    private static void elsewhere() {
        browser.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", "Europe/Berlin"));
    }

    @Test
    void the_history_of_a_group_has_its_members_and_tells_added_from_taken_out() {
        api.post("/customer_groups", "{\"name\":\"Old\"}");
        api.patch("/customer_groups/Old", "{\"name\":\"New\"}");
        api.post("/customers", "[{\"name\":\"x\"}]");
        api.post("/customer_groups/New/customers", "[{\"name\":\"x\"}]");
        api.post("/customer_groups/New/customers", "[{\"name\":\"y\"}]");
        api.delete("/customer_groups/New/customers", "[{\"name\":\"x\"}]");
        api.delete("/customers/New/y");
        api.delete("/customer_groups/New");

        // The view of a deleted group still has its history.
        enter("#/groups/New", "New").press("History");
        awaitSentences(
                "Group “New” was deleted.",
                "Customer “y” in “New” was deleted.",
                "Customer “x” was taken out of “New”.",
                "Customer “y” in “New” was created.",
                "Customer “x” was added to “New”.",
                "Group “Old” was renamed to “New”.");
    }

    @Test
    void a_history_is_loaded_when_it_is_opened_and_in_pages_of_50() {
        // Given a group with 120 changes
        group("Large");
        // SQL by hand is no call, so each customer is an entry.
        Sql.execute("insert into customer (vendor, name, group_id, reg_date) select vendor, 'c' || i, id, now()"
                + " from customer_group, generate_series(1, 119) i where name = 'Large'");
        historyRequests();
        enter("#/groups/Large", "Large").until(() -> console.isEnabled("History"));
        assertEquals(List.of("limit=1"), historyRequests());

        // When it is opened, and more is pressed until there is no more
        console.press("History").awaitText("details .range", "The newest 50 changes");
        console.press("Load older changes").awaitText("details .range", "The newest 100 changes");
        console.awaitEquals(List.of(texts(".changes > li").get(50)), () -> texts(".changes > li:focus"));
        console.press("Load older changes").awaitText("details .range", "120 changes");

        // Then each change is there once
        assertTexts("details button");
        List<String> sentences = sentences();
        assertEquals("Group “Large” was created.", sentences.get(119));
        assertEquals(120, sentences.stream().distinct().count());
        List<String> requests = historyRequests();
        assertEquals("group=Large&limit=51", requests.get(0));
        assertThat(requests.get(2), matchesPattern("group=Large&before=\\d+&limit=51"));
    }

    @Test
    void a_history_that_cannot_be_loaded_shows_the_reason_is_loaded_again_and_is_closed_for_another_customer() {
        enterAda().until(() -> console.isEnabled("History"));
        console.blockRequests("*/backoffice/history*");
        console.evaluate("void (pause => window.setTimeout = (end, millis) => pause(end, millis / 20))(setTimeout)");
        console.press("History").awaitText("details [role=alert] p", "The service does not answer. Please try again.");

        console.blockRequests();
        console.press("Try again");
        awaitSentences("Customer “Ada Ltd” in “East” was created.");

        console.go("#/customers/West/Euler%20AG").awaitHeading("Euler AG");
        console.until(() -> console.isEnabled("History"));
        assertTexts("details[open], .changes");
    }

    /** The queries of the requests for history since the last call. */
    private List<String> historyRequests() {
        return console.sent("/backoffice/history").stream()
                .map(sent -> sent.url().substring(sent.url().indexOf('?') + 1))
                .toList();
    }
}
