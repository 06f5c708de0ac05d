package backoffice.group;

import static backoffice.group.LockedRowsFixture.TARGET;
import static backoffice.group.LockedRowsFixture.customer;
import static backoffice.group.LockedRowsFixture.lockedRows;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.customer.CustomerKey;
import backoffice.customer.LockedRows;
import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.envelope.Status;
import backoffice.value.Name;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RemovePlanTest {

    @Test
    void customers_leave_the_group_and_are_answered_without_one_in_the_order_of_the_request() {
        RemovePlan plan = plan(
                lockedRows("target/Ann", "target/Bob", "other/Ann", "target/Eve"),
                customer("Eve"),
                customer("Ann", "target"));

        assertEquals(List.of(104L, 101L), List.copyOf(plan.removed().values()));
        assertEquals(List.of(customer("Eve"), customer("Ann")), plan.result());
    }

    @Test
    void a_customer_named_twice_counts_once_with_or_without_the_group() {
        RemovePlan plan = plan(
                lockedRows("target/Ann", "target/Bob"),
                customer("Ann"),
                customer("Bob"),
                customer("Ann"),
                customer("Ann", "target"));

        assertEquals(List.of(101L, 102L), List.copyOf(plan.removed().values()));
        assertEquals(List.of(customer("Ann"), customer("Bob")), plan.result());
    }

    @Test
    void a_customer_that_the_group_does_not_hold_is_refused() {
        assertRefused(
                () -> plan(lockedRows("target/Bob", "/Ann", "other/Ann"), customer("Bob"), customer("Ann")),
                "[1]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                "Ann",
                "target");
    }

    @Test
    void a_name_that_exists_without_a_group_is_refused() {
        assertRefused(
                () -> plan(lockedRows("target/Bob", "target/Ann", "/Ann"), customer("Bob"), customer("Ann")),
                "[1]",
                Problem.UNGROUPED_CUSTOMER_EXISTS,
                Status.CUSTOMER_EXISTS,
                "Ann");
    }

    @Test
    void the_first_failing_entry_in_the_order_of_the_request_decides() {
        LockedRows rows = lockedRows("target/Ann", "/Ann");

        assertRefused(
                () -> plan(rows, customer("Ann"), customer("Zoe")),
                "[0]",
                Problem.UNGROUPED_CUSTOMER_EXISTS,
                Status.CUSTOMER_EXISTS,
                "Ann");
        assertRefused(
                () -> plan(rows, customer("Zoe"), customer("Ann")),
                "[0]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                "Zoe",
                "target");
    }

    @Test
    void a_group_that_does_not_exist_is_refused() {
        LockedRows rows = lockedRows("target/Ann");
        CustomerKey entry = customer("Ann");

        assertRefused(
                () -> new RemovePlan(new Name("nowhere"), List.of(entry), rows),
                "[0]",
                Problem.NO_SUCH_GROUP,
                Status.NO_SUCH_GROUP,
                "nowhere");
    }

    @Test
    void entries_that_name_no_group_or_the_one_in_the_path_are_well_formed() {
        assertDoesNotThrow(() -> RemovePlan.requireForm(TARGET, List.of(customer("Ann"), customer("Bob", "target"))));
    }

    @Test
    void the_first_entry_that_names_another_group_is_malformed() {
        List<CustomerKey> batch = List.of(customer("Ann"), customer("Bob", "Target"), customer("Eve", "other"));

        assertRefused(
                () -> RemovePlan.requireForm(TARGET, batch),
                "[1].groupName",
                Problem.OTHER_GROUP,
                Status.MALFORMED,
                "Target",
                "target");
    }

    private static RemovePlan plan(LockedRows rows, CustomerKey... batch) {
        return new RemovePlan(TARGET, List.of(batch), rows);
    }

    private static void assertRefused(
            Executable call, String place, Problem problem, Status status, Object... arguments) {
        ApiException refusal = assertThrows(ApiException.class, call);

        assertEquals(problem, refusal.problem());
        assertEquals(status, refusal.status());
        assertEquals(place, refusal.location().text());
        assertEquals(List.of(arguments), refusal.arguments());
    }
}
