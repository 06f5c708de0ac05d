package backoffice.group;

import static backoffice.group.AddPlanTest.assertRefused;
import static backoffice.group.LockedRowsFixture.customer;
import static backoffice.group.LockedRowsFixture.holding;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AddPlanCollisionTest {

    static Stream<Arguments> takenNames() {
        return Stream.of(
                Arguments.of("from another group", holding("other/Ann", "target/Ann"), customer("Ann", "other")),
                Arguments.of("from no group", holding("/Ann", "target/Ann"), customer("Ann")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("takenNames")
    void a_name_that_the_target_holds_is_refused(String from, LockedRows roster, CustomerKey entry) {
        assertRefused(roster, "[0]", Problem.CUSTOMER_EXISTS, Status.CUSTOMER_EXISTS, List.of("Ann", "target"), entry);
    }

    static Stream<Arguments> collisions() {
        CustomerKey fromNowhere = customer("Ann");
        CustomerKey fromOther = customer("Ann", "other");
        CustomerKey fromThird = customer("Ann", "third");
        return Stream.of(
                Arguments.of("two groups", holding("other/Ann", "third/Ann"), fromOther, fromThird),
                Arguments.of("a group, then none", holding("other/Ann", "/Ann"), fromOther, fromNowhere),
                Arguments.of("none, then a group", holding("other/Ann", "/Ann"), fromNowhere, fromOther),
                Arguments.of("a group, then creation", holding("other/Ann"), fromOther, fromNowhere),
                Arguments.of("creation, then a group", holding("other/Ann"), fromNowhere, fromOther));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collisions")
    void the_later_of_two_entries_that_bring_in_one_name_is_refused(
            String from, LockedRows roster, CustomerKey earlier, CustomerKey later) {
        assertRefused(
                roster,
                "[2]",
                Problem.CUSTOMER_TWICE,
                Status.CUSTOMER_EXISTS,
                List.of("Ann"),
                earlier,
                customer("Bob"),
                later,
                customer("Bob", "nowhere"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collisions")
    void a_duplicate_of_the_earlier_entry_does_not_hide_the_collision(
            String from, LockedRows roster, CustomerKey earlier, CustomerKey later) {
        assertRefused(
                roster, "[2]", Problem.CUSTOMER_TWICE, Status.CUSTOMER_EXISTS, List.of("Ann"), earlier, earlier, later);
    }

    static Stream<Arguments> arrivalsOfTheSameBatch() {
        return Stream.of(
                Arguments.of("created", holding(), customer("Ann")),
                Arguments.of("moved from no group", holding("/Ann"), customer("Ann")),
                Arguments.of("moved from a group", holding("other/Ann"), customer("Ann", "other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("arrivalsOfTheSameBatch")
    void what_an_earlier_entry_brings_in_is_not_yet_in_the_target_for_a_later_one(
            String how, LockedRows roster, CustomerKey arrival) {
        assertRefused(
                roster,
                "[1]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                List.of("Ann", "target"),
                arrival,
                customer("Ann", "target"));
    }
}
