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

    private final Map<CustomerKey, Long> there = new HashMap<>();
    private final StoredCustomers stored = new StoredCustomers();

    @Test
    void overwriting_creates_what_is_not_there_with_its_group_and_the_present_time() {
        WritePlan plan = plan(WriteMode.OVERWRITE, entry("new", GROUP, "r"));

        assertEquals(1, plan.created().size());
        assertEquals(7L, plan.created().get(0).group());
        assertEquals(List.of(customer("new", GROUP, NOW, "r")), plan.answer());
        assertEquals(List.of(), plan.changed());
    }

    @Test
    void overwriting_keeps_nothing_but_the_time() {
        there(1, customer("c", null, BEFORE, "old"));

        WritePlan plan = plan(WriteMode.OVERWRITE, entry("c", null, null));

        assertEquals(List.of(customer("c", null, BEFORE, null)), plan.answer());
        assertEquals(1L, plan.changed().get(0).id());
        assertEquals(List.of(), plan.created());
    }

    @Test
    void changing_keeps_what_is_not_sent_and_clears_what_is_sent_without_a_value() {
        there(1, customer("c", null, BEFORE, "old"));
        CustomerKey key = new CustomerKey(new Name("c"), null);

        WritePlan silent = plan(WriteMode.CHANGE, entry("c", null, null));
        WritePlan cleared = plan(WriteMode.CHANGE, CustomerData.of(key, NOW, member -> Text.NONE));

        assertEquals(List.of(customer("c", null, BEFORE, "old")), silent.answer());
        assertEquals(List.of(customer("c", null, NOW, null)), cleared.answer());
    }

    @Test
    void changing_what_is_not_there_is_refused_by_its_place() {
        there(1, customer("c", GROUP, BEFORE, null));

        assertRefused(
                WriteMode.CHANGE,
                Problem.NO_SUCH_CUSTOMER,
                "[1]",
                List.of("d", "g"),
                entry("c", GROUP, null),
                entry("d", GROUP, null));
        assertRefused(
                WriteMode.CHANGE, Problem.NO_SUCH_UNGROUPED_CUSTOMER, "[0]", List.of("c"), entry("c", null, null));
    }

    @ParameterizedTest
    @EnumSource
    void a_group_that_is_not_there_is_refused_before_anything_else_of_the_entry(WriteMode mode) {
        there(1, customer("c", null, BEFORE, "r"));

        assertRefused(mode, Problem.NO_SUCH_GROUP, "[0]", List.of("x"), entry("new", new Name("x"), "r"));
    }

    @ParameterizedTest
    @EnumSource
    void only_referenceIds_that_go_from_one_customer_to_another_are_vacated(WriteMode mode) {
        there(1, customer("a", null, BEFORE, "1"));
        there(2, customer("b", null, BEFORE, "2"));
        there(3, customer("c", null, BEFORE, "3"));

        assertEquals(
                List.of(2L),
                plan(mode, entry("a", null, "2"), entry("b", null, "new"), entry("c", null, "3"))
                        .vacated());
    }

    @ParameterizedTest
    @EnumSource
    void a_referenceId_of_a_customer_outside_the_batch_is_refused(WriteMode mode) {
        there(1, customer("a", null, BEFORE, null));
        there(2, customer("b", null, BEFORE, "2"));

        assertRefused(mode, Problem.REFERENCE_TAKEN, "[0]", List.of("2", "b"), entry("a", null, "2"));
    }

    @ParameterizedTest
    @EnumSource
    void of_two_entries_that_ask_for_one_referenceId_the_later_is_refused_though_it_holds_it(WriteMode mode) {
        there(1, customer("a", null, BEFORE, null));
        there(2, customer("b", null, BEFORE, "2"));

        assertRefused(
                mode, Problem.REFERENCE_TAKEN, "[1]", List.of("2", "a"), entry("a", null, "2"), entry("b", null, "2"));
    }

    @Test
    void an_entry_that_is_silent_on_its_referenceId_keeps_it_when_changed_and_gives_it_away_when_overwritten() {
        there(1, customer("a", null, BEFORE, null));
        there(2, customer("b", null, BEFORE, "2"));
        CustomerData[] batch = {entry("a", null, "2"), entry("b", null, null)};

        assertRefused(WriteMode.CHANGE, Problem.REFERENCE_TAKEN, "[0]", List.of("2", "b"), batch);
        assertEquals(List.of(2L), plan(WriteMode.OVERWRITE, batch).vacated());
    }

    private void there(long id, CustomerData customer) {
        there.put(customer.key(), id);
        stored.add(id, customer);
    }

    private WritePlan plan(WriteMode mode, CustomerData... batch) {
        return new WritePlan(mode, List.of(batch), new LockedRows(Map.of(GROUP, 7L), there), stored, NOW);
    }

    private void assertRefused(
            WriteMode mode, Problem problem, String place, List<Object> arguments, CustomerData... batch) {
        ApiException refusal = assertThrows(ApiException.class, () -> plan(mode, batch));

        assertEquals(problem, refusal.problem());
        assertEquals(place, refusal.location());
        assertEquals(arguments, refusal.arguments());
    }

    /** An entry that sends its referenceId, if any, and nothing else. */
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
