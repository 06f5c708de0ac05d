package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.customer.CreateMissingResult.Refusal;
import backoffice.customer.WritePlan.Outcome;
import backoffice.envelope.Status;
import backoffice.value.Name;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CreateMissingPlanTest {

    private static final RegDate NOW = new RegDate(LocalDateTime.of(2026, 1, 1, 0, 0));
    private static final Name GROUP = new Name("g");
    private static final long GROUP_ID = 7;

    private final Map<CustomerKey, Long> there = new HashMap<>();
    private final StoredCustomers stored = new StoredCustomers();

    @Test
    void a_customer_that_is_not_there_is_created_with_the_present_time_if_it_has_none() {
        RegDate early = new RegDate(LocalDateTime.of(1999, 1, 1, 0, 0));

        CreateMissingPlan plan = plan(customer("a", GROUP, null, null), customer("b", null, early, "r"));

        assertEquals(
                List.of(
                        new Outcome(null, GROUP_ID, customer("a", GROUP, NOW, null)),
                        new Outcome(null, null, customer("b", null, early, "r"))),
                plan.created());
        assertEquals(new CreateMissingResult(2, 0, List.of()), plan.intake());
    }

    @Test
    void a_customer_that_is_there_is_left_as_it_is_and_so_is_one_that_comes_twice() {
        there(1, customer("a", GROUP, NOW, "r"));

        CreateMissingPlan plan = plan(
                customer("a", GROUP, null, "other"), customer("b", null, null, null), customer("b", null, NOW, null));

        assertEquals(new CreateMissingResult(1, 2, List.of()), plan.intake());
        assertEquals(new Name("b"), plan.created().get(0).data().name());
    }

    @Test
    void of_the_customers_that_want_one_reference_id_the_one_that_has_it_or_the_first_gets_it() {
        there(1, customer("holder", GROUP, NOW, "r"));

        CreateMissingResult intake = plan(
                        customer("wants r", null, null, "r"),
                        customer("first", null, null, "s"),
                        customer("second", null, null, "s"),
                        customer("none", null, null, null))
                .intake();

        assertEquals(2, intake.created());
        assertEquals(
                List.of("wants r: The referenceId of holder", "second: The referenceId of first"),
                intake.refused().stream()
                        .filter(r -> r.reason().status() == Status.REFERENCE_TAKEN)
                        .map(r -> r.customer().name() + ": The referenceId of "
                                + r.reason().arguments().get(1))
                        .toList());
    }

    @Test
    void a_customer_whose_group_is_gone_is_refused_and_takes_no_reference_id() {
        CreateMissingResult intake = plan(customer("a", new Name("gone"), null, "r"), customer("b", null, null, "r"))
                .intake();

        assertEquals(1, intake.created());
        assertEquals(
                List.of(Status.NO_SUCH_GROUP),
                intake.refused().stream()
                        .map(Refusal::reason)
                        .map(e -> e.status())
                        .toList());
    }

    private CreateMissingPlan plan(CustomerData... batch) {
        return new CreateMissingPlan(List.of(batch), new LockedRows(Map.of(GROUP, GROUP_ID), there), stored, NOW);
    }

    private void there(long id, CustomerData customer) {
        there.put(customer.key(), id);
        stored.add(id, customer);
    }

    private static CustomerData customer(String name, Name group, RegDate regDate, String referenceId) {
        return CustomerData.of(
                new CustomerKey(new Name(name), group),
                regDate,
                member -> member == TextMember.REFERENCE_ID && referenceId != null ? new Text(referenceId) : null);
    }
}
