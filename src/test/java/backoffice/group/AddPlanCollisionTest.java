package backoffice.group;

import static backoffice.group.AddPlanTest.assertRefused;
import static backoffice.group.LockedRowsFixture.customer;
import static backoffice.group.LockedRowsFixture.lockedRows;

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
                Arguments.of("from another group", lockedRows("other/Ann", "target/Ann"), customer("Ann", "other")),
                Arguments.of("from no group", lockedRows("/Ann", "target/Ann"), customer("Ann")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("takenNames")
    void a_name_that_the_target_holds_is_refused(String from, LockedRows rows, CustomerKey entry) {
        assertRefused(rows, "[0]", Problem.CUSTOMER_EXISTS, Status.CUSTOMER_EXISTS, List.of("Ann", "target"), entry);
    }

    static Stream<Arguments> collisions() {
        CustomerKey ungrouped = customer("Ann");
        CustomerKey fromOther = customer("Ann", "other");
        CustomerKey fromThird = customer("Ann", "third");
        return Stream.of(
                Arguments.of("two groups", lockedRows("other/Ann", "third/Ann"), fromOther, fromThird),
                Arguments.of("a group, then none", lockedRows("other/Ann", "/Ann"), fromOther, ungrouped),
                Arguments.of("none, then a group", lockedRows("other/Ann", "/Ann"), ungrouped, fromOther),
                Arguments.of("a group, then creation", lockedRows("other/Ann"), fromOther, ungrouped),
                Arguments.of("creation, then a group", lockedRows("other/Ann"), ungrouped, fromOther));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("collisions")
    void the_second_of_two_entries_that_bring_in_the_same_name_is_refused(
            String from, LockedRows rows, CustomerKey earlier, CustomerKey later) {
        assertRefused(
                rows,
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
            String from, LockedRows rows, CustomerKey earlier, CustomerKey later) {
        assertRefused(
                rows, "[2]", Problem.CUSTOMER_TWICE, Status.CUSTOMER_EXISTS, List.of("Ann"), earlier, earlier, later);
    }

    static Stream<Arguments> entriesThatBringInACustomer() {
        return Stream.of(
                Arguments.of("created", lockedRows(), customer("Ann")),
                Arguments.of("moved from no group", lockedRows("/Ann"), customer("Ann")),
                Arguments.of("moved from a group", lockedRows("other/Ann"), customer("Ann", "other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entriesThatBringInACustomer")
    void a_customer_that_an_earlier_entry_brings_in_is_not_in_the_target_for_a_later_entry(
            String how, LockedRows rows, CustomerKey earlier) {
        assertRefused(
                rows,
                "[1]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                List.of("Ann", "target"),
                earlier,
                customer("Ann", "target"));
    }
}
