package backoffice.customer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backoffice.customer.CreateMissingResult.Refusal;
import backoffice.customer.WritePlan.PlannedRow;
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

    private final Map<CustomerKey, Long> existing = new HashMap<>();
    private final Map<Long, CustomerData> stored = new HashMap<>();

    @Test
    void a_missing_customer_is_created_with_the_present_time_unless_it_has_a_regDate() {
        RegDate early = new RegDate(LocalDateTime.of(1999, 1, 1, 0, 0));

        CreateMissingPlan plan = plan(customer("a", GROUP, null, null), customer("b", null, early, "r"));

        assertEquals(
                List.of(
                        new PlannedRow(null, GROUP_ID, customer("a", GROUP, NOW, null)),
                        new PlannedRow(null, null, customer("b", null, early, "r"))),
                plan.created());
        assertEquals(new CreateMissingResult(2, 0, List.of()), plan.result());
    }

    @Test
    void an_existing_customer_and_a_repeated_entry_change_nothing() {
        exists(1, customer("a", GROUP, NOW, "r"));

        CreateMissingPlan plan = plan(
                customer("a", GROUP, null, "other"), customer("b", null, null, null), customer("b", null, NOW, null));

        assertEquals(new CreateMissingResult(1, 2, List.of()), plan.result());
        assertEquals(new Name("b"), plan.created().get(0).data().name());
    }

    @Test
    void a_reference_id_that_several_claim_goes_to_its_holder_or_else_to_the_first_entry() {
        exists(1, customer("holder", GROUP, NOW, "r"));

        CreateMissingResult result = plan(
                        customer("wants r", null, null, "r"),
                        customer("first", null, null, "s"),
                        customer("second", null, null, "s"),
                        customer("none", null, null, null))
                .result();

        assertEquals(2, result.created());
        assertEquals(
                List.of("wants r: The referenceId of holder", "second: The referenceId of first"),
                result.refused().stream()
                        .filter(r -> r.reason().status() == Status.REFERENCE_TAKEN)
                        .map(r -> r.customer().name() + ": The referenceId of "
                                + r.reason().arguments().get(1))
                        .toList());
    }

    @Test
    void a_customer_whose_group_does_not_exist_is_refused_and_claims_no_reference_id() {
        CreateMissingResult result = plan(customer("a", new Name("gone"), null, "r"), customer("b", null, null, "r"))
                .result();

        assertEquals(1, result.created());
        assertEquals(
                List.of(Status.NO_SUCH_GROUP),
                result.refused().stream()
                        .map(Refusal::reason)
                        .map(e -> e.status())
                        .toList());
    }

    private CreateMissingPlan plan(CustomerData... batch) {
        return new CreateMissingPlan(List.of(batch), new LockedRows(Map.of(GROUP, GROUP_ID), existing), stored, NOW);
    }

    private void exists(long id, CustomerData customer) {
        existing.put(customer.key(), id);
        stored.put(id, customer);
    }

    private static CustomerData customer(String name, Name group, RegDate regDate, String referenceId) {
        return CustomerData.of(
                new CustomerKey(new Name(name), group),
                regDate,
                member -> member == TextMember.REFERENCE_ID && referenceId != null ? new Text(referenceId) : null);
    }
}
