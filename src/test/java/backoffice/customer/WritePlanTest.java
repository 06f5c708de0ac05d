package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import backoffice.value.Name;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WritePlanTest {

    private static final RegDate NOW = date(2026);
    private static final RegDate BEFORE = date(2020);
    private static final Name GROUP = new Name("g");

    private final Map<CustomerKey, Long> existing = new HashMap<>();
    private final Map<Long, CustomerData> stored = new HashMap<>();

    @Test
    void overwriting_creates_a_missing_customer_with_its_group_and_the_present_time() {
        WritePlan plan = plan(WriteMode.OVERWRITE, entry("new", GROUP, "r"));

        assertEquals(1, plan.created().size());
        assertEquals(7L, plan.created().get(0).groupId());
        assertEquals(List.of(customer("new", GROUP, NOW, "r")), plan.result());
        assertEquals(List.of(), plan.updated());
    }

    @Test
    void overwriting_keeps_only_the_regDate() {
        exists(1, customer("c", null, BEFORE, "old"));

        WritePlan plan = plan(WriteMode.OVERWRITE, entry("c", null, null));

        assertEquals(List.of(customer("c", null, BEFORE, null)), plan.result());
        assertEquals(1L, plan.updated().get(0).id());
        assertEquals(List.of(), plan.created());
    }

    @Test
    void changing_keeps_members_that_are_not_sent_and_clears_members_that_are_sent_without_a_value() {
        exists(1, customer("c", null, BEFORE, "old"));
        CustomerKey key = new CustomerKey(new Name("c"), null);

        WritePlan unchanged = plan(WriteMode.PATCH, entry("c", null, null));
        WritePlan cleared = plan(WriteMode.PATCH, CustomerData.of(key, NOW, member -> Text.NONE));

        assertEquals(List.of(customer("c", null, BEFORE, "old")), unchanged.result());
        assertEquals(List.of(customer("c", null, NOW, null)), cleared.result());
    }

    @Test
    void changing_a_missing_customer_is_refused_with_its_place() {
        exists(1, customer("c", GROUP, BEFORE, null));

        assertRefused(
                WriteMode.PATCH,
                Problem.NO_SUCH_CUSTOMER,
                "[1]",
                List.of("d", "g"),
                entry("c", GROUP, null),
                entry("d", GROUP, null));
        assertRefused(WriteMode.PATCH, Problem.NO_SUCH_UNGROUPED_CUSTOMER, "[0]", List.of("c"), entry("c", null, null));
    }

    @ParameterizedTest
    @EnumSource
    void a_missing_group_is_refused_before_any_other_fault_of_the_entry(WriteMode mode) {
        exists(1, customer("c", null, BEFORE, "r"));

        assertRefused(mode, Problem.NO_SUCH_GROUP, "[0]", List.of("x"), entry("new", new Name("x"), "r"));
    }

    @ParameterizedTest
    @EnumSource
    void only_referenceIds_that_move_between_customers_are_vacated(WriteMode mode) {
        exists(1, customer("a", null, BEFORE, "1"));
        exists(2, customer("b", null, BEFORE, "2"));
        exists(3, customer("c", null, BEFORE, "3"));

        assertEquals(
                List.of(2L),
                plan(mode, entry("a", null, "2"), entry("b", null, "new"), entry("c", null, "3"))
                        .idsToClear());
    }

    @ParameterizedTest
    @EnumSource
    void a_referenceId_of_a_customer_outside_the_batch_is_refused(WriteMode mode) {
        exists(1, customer("a", null, BEFORE, null));
        exists(2, customer("b", null, BEFORE, "2"));

        assertRefused(mode, Problem.REFERENCE_TAKEN, "[0]", List.of("2", "b"), entry("a", null, "2"));
    }

    @ParameterizedTest
    @EnumSource
    void the_second_of_two_entries_with_the_same_referenceId_is_refused_even_if_it_holds_it(WriteMode mode) {
        exists(1, customer("a", null, BEFORE, null));
        exists(2, customer("b", null, BEFORE, "2"));

        assertRefused(
                mode, Problem.REFERENCE_TAKEN, "[1]", List.of("2", "a"), entry("a", null, "2"), entry("b", null, "2"));
    }

    @Test
    void an_entry_without_a_referenceId_keeps_it_when_changed_and_gives_it_up_when_overwritten() {
        exists(1, customer("a", null, BEFORE, null));
        exists(2, customer("b", null, BEFORE, "2"));
        CustomerData[] batch = {entry("a", null, "2"), entry("b", null, null)};

        assertRefused(WriteMode.PATCH, Problem.REFERENCE_TAKEN, "[0]", List.of("2", "b"), batch);
        assertEquals(List.of(2L), plan(WriteMode.OVERWRITE, batch).idsToClear());
    }

    private void exists(long id, CustomerData customer) {
        existing.put(customer.key(), id);
        stored.put(id, customer);
    }

    private WritePlan plan(WriteMode mode, CustomerData... batch) {
        return new WritePlan(mode, List.of(batch), new LockedRows(Map.of(GROUP, 7L), existing), stored, NOW);
    }

    private void assertRefused(
            WriteMode mode, Problem problem, String place, List<Object> arguments, CustomerData... batch) {
        ApiException refusal = assertThrows(ApiException.class, () -> plan(mode, batch));

        assertEquals(problem, refusal.problem());
        assertEquals(place, refusal.location().text());
        assertEquals(arguments, refusal.arguments());
    }

    /** An entry with a referenceId, if it is not null, and no other members. */
    private static CustomerData entry(String name, Name group, String reference) {
        return customer(name, group, null, reference);
    }

    private static CustomerData customer(String name, Name group, RegDate regDate, String reference) {
        return CustomerData.of(
                new CustomerKey(new Name(name), group),
                regDate,
                member -> member == TextMember.REFERENCE_ID ? Text.ofColumn(reference) : null);
    }

    private static RegDate date(int year) {
        return new RegDate(LocalDateTime.of(year, 1, 5, 9, 0));
    }
}
