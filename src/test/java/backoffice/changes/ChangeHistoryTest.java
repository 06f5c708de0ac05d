package backoffice.changes;

import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.testsupport.Api;
import backoffice.testsupport.Sql;
import backoffice.testsupport.Vendors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/api.md, section 10.3: the history of a group and of a customer. */
@QuarkusTest
@TestProfile(ChangesOn.class)
class ChangeHistoryTest {

    private final Feed feed = new Feed(Vendors.ACME);

    @BeforeEach
    void customers_in_groups() {
        Sql.clean();
        Api acme = Api.as(Vendors.ACME);
        acme.post("/customer_groups", "{\"name\":\"a\"}");
        acme.post("/customer_groups", "{\"name\":\"x\"}");
        acme.post("/customers", "[{\"name\":\"x\"},{\"name\":\"y\"},{\"name\":\"z\",\"groupName\":\"a\"}]");
        acme.post("/customer_groups/a/customers", "[{\"name\":\"x\"}]");
        acme.patch("/customer_groups/a", "{\"name\":\"b\"}");
    }

    @Test
    void the_history_of_a_customer_has_the_newest_change_first() {
        assertEquals(
                List.of("customer.moved: x > a/x", "customer.created: - > x"),
                feed.read("/history?customer=x").lines());
    }

    @Test
    void the_history_of_a_group_has_its_members_too() {
        assertEquals(
                List.of(
                        "group.renamed: a > b",
                        "customer.moved: x > a/x",
                        "customer.created: - > a/z",
                        "group.created: - > a"),
                feed.read("/history?group=a").lines());
        assertEquals(
                List.of("group.renamed: a > b"), feed.read("/history?group=b").lines());
    }

    @Test
    void a_customer_and_a_group_together_select_the_customer_in_the_group() {
        assertEquals(
                List.of("customer.moved: x > a/x"),
                feed.read("/history?customer=x&group=a").lines());
    }

    @Test
    void a_history_has_pages() {
        Feed.Events first = feed.read("/history?limit=3");
        Feed.Events second = feed.read("/history?limit=3&before=" + first.cursor());
        Feed.Events third = feed.read("/history?limit=3&before=" + second.cursor());

        assertEquals(
                List.of("group.renamed: a > b", "customer.moved: x > a/x", "customer.created: - > a/z"), first.lines());
        assertEquals(
                List.of("customer.created: - > y", "customer.created: - > x", "group.created: - > x"), second.lines());
        assertEquals(List.of("group.created: - > a"), third.lines());
    }

    @Test
    void a_vendor_sees_only_its_own_history() {
        assertEquals(List.of(), new Feed(Vendors.GLOBEX).read("/history").lines());
        new Feed("wrong").get("/history").statusCode(401).body("status", is(1102));
    }
}
