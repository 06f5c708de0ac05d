package backoffice.group;

import static backoffice.group.LockedRowsFixture.TARGET;
import static backoffice.group.LockedRowsFixture.customer;
import static backoffice.group.LockedRowsFixture.lockedRows;
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

class AddPlanTest {

    @Test
    void a_customer_moves_from_the_named_group() {
        AddPlan plan = plan(lockedRows("third/Ann", "other/Ann", "/Bob"), customer("Ann", "other"));

        assertPlan(plan, List.of(102L), List.of());
        assertEquals(List.of(customer("Ann", "target")), plan.result());
    }

    @Test
    void a_customer_that_is_named_in_the_target_stays_there() {
        AddPlan plan = plan(lockedRows("target/Ann", "/Ann"), customer("Ann", "target"));

        assertPlan(plan, List.of(), List.of());
        assertEquals(List.of(customer("Ann", "target")), plan.result());
    }

    @Test
    void a_customer_without_a_group_moves_to_the_target_when_no_group_is_named() {
        AddPlan plan = plan(lockedRows("other/Ann", "/Ann"), customer("Ann"));

        assertPlan(plan, List.of(102L), List.of());
        assertEquals(List.of(customer("Ann", "target")), plan.result());
    }

    @Test
    void nothing_changes_when_no_group_is_named_and_the_target_alone_holds_the_name() {
        AddPlan plan = plan(lockedRows("target/Ann", "other/Ann"), customer("Ann"));

        assertPlan(plan, List.of(), List.of());
        assertEquals(List.of(customer("Ann", "target")), plan.result());
    }

    @Test
    void a_customer_that_is_neither_without_a_group_nor_in_the_target_is_created() {
        AddPlan plan = plan(lockedRows("other/Ann"), customer("Ann"));

        assertPlan(plan, List.of(), List.of(new Name("Ann")));
        assertEquals(List.of(customer("Ann", "target")), plan.result());
    }

    @Test
    void names_differ_by_letter_case() {
        AddPlan plan = plan(lockedRows("target/Ann"), customer("ann"), customer("ANN"));

        assertPlan(plan, List.of(), List.of(new Name("ann"), new Name("ANN")));
    }

    @Test
    void a_batch_is_answered_in_its_order() {
        AddPlan plan = plan(
                lockedRows("other/Bob", "/Ann", "target/Eve"),
                customer("Zoe"),
                customer("Bob", "other"),
                customer("Eve"),
                customer("Ann"));

        assertPlan(plan, List.of(101L, 102L), List.of(new Name("Zoe")));
        assertEquals(
                List.of(
                        customer("Zoe", "target"),
                        customer("Bob", "target"),
                        customer("Eve", "target"),
                        customer("Ann", "target")),
                plan.result());
    }

    @Test
    void exact_duplicates_are_done_and_answered_once() {
        AddPlan plan = plan(
                lockedRows("other/Bob", "/Ann"),
                customer("Bob", "other"),
                customer("Ann"),
                customer("Bob", "other"),
                customer("Zoe"),
                customer("Ann"),
                customer("Zoe"));

        assertPlan(plan, List.of(101L, 102L), List.of(new Name("Zoe")));
        assertEquals(
                List.of(customer("Bob", "target"), customer("Ann", "target"), customer("Zoe", "target")),
                plan.result());
    }

    @Test
    void entries_that_change_nothing_do_not_collide() {
        AddPlan plan = plan(lockedRows("target/Ann"), customer("Ann", "target"), customer("Ann"));

        assertPlan(plan, List.of(), List.of());
        assertEquals(List.of(customer("Ann", "target"), customer("Ann", "target")), plan.result());
    }

    @Test
    void a_named_group_that_does_not_exist_is_refused() {
        assertRefused(
                lockedRows("/Ann"),
                "[0]",
                Problem.NO_SUCH_GROUP,
                Status.NO_SUCH_GROUP,
                List.of("nowhere"),
                customer("Ann", "nowhere"));
    }

    @Test
    void a_named_group_that_does_not_hold_the_customer_is_refused() {
        assertRefused(
                lockedRows("/Ann", "third/Ann"),
                "[0]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                List.of("Ann", "other"),
                customer("Ann", "other"));
    }

    @Test
    void naming_the_target_is_refused_when_it_does_not_hold_the_customer() {
        assertRefused(
                lockedRows("/Ann"),
                "[0]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                List.of("Ann", "target"),
                customer("Ann", "target"));
    }

    @Test
    void a_missing_customer_is_reported_before_a_name_that_exists() {
        assertRefused(
                lockedRows("target/Ann"),
                "[0]",
                Problem.NO_SUCH_CUSTOMER,
                Status.NO_SUCH_CUSTOMER,
                List.of("Ann", "other"),
                customer("Ann", "other"));
    }

    @Test
    void the_first_failing_entry_in_the_order_of_the_request_decides() {
        assertRefused(
                lockedRows("target/Ann", "/Ann"),
                "[1]",
                Problem.CUSTOMER_EXISTS,
                Status.CUSTOMER_EXISTS,
                List.of("Ann", "target"),
                customer("Zoe"),
                customer("Ann"),
                customer("Bob", "nowhere"),
                customer("Bob", "other"));
        assertRefused(
                lockedRows("target/Ann", "/Ann"),
                "[0]",
                Problem.NO_SUCH_GROUP,
                Status.NO_SUCH_GROUP,
                List.of("nowhere"),
                customer("Bob", "nowhere"),
                customer("Ann"));
    }

    static void assertRefused(
            LockedRows rows,
            String place,
            Problem problem,
            Status status,
            List<Object> arguments,
            CustomerKey... batch) {
        ApiException refusal = assertThrows(ApiException.class, () -> plan(rows, batch));

        assertEquals(problem, refusal.problem());
        assertEquals(status, refusal.status());
        assertEquals(place, refusal.location().text());
        assertEquals(arguments, refusal.arguments());
    }

    private static AddPlan plan(LockedRows rows, CustomerKey... batch) {
        return new AddPlan(TARGET, List.of(batch), rows);
    }

    private static void assertPlan(AddPlan plan, List<Long> moved, List<Name> created) {
        assertEquals(moved, List.copyOf(plan.moved().values()));
        assertEquals(created, plan.created());
    }
}
