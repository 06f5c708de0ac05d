package backoffice.customer;

import backoffice.envelope.ApiException;
import backoffice.envelope.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a batch of customers comes to (contract, section 5): decided on what is there before it, judged on what is there after it. */
final class WritePlan {

    /**
     * A customer as the batch leaves it.
     *
     * @param id null when it comes to be
     * @param group the id of its group; null when it is in none
     * @param data what it is
     */
    record Outcome(Long id, Long group, CustomerData data) {}

    private final WriteMode mode;
    private final StoredCustomers stored;
    private final Set<Long> handOver = new HashSet<>();
    private final Map<String, CustomerData> taken = new HashMap<>();
    private final Set<Long> vacated = new LinkedHashSet<>();
    private final List<Outcome> outcomes = new ArrayList<>();

    /**
     * @param now when a customer was registered that comes to be and does not say so itself
     * @throws ApiException for the first entry that fails: 2001 when there is no such group, 2101 when there is no such
     *     customer and the mode creates none, 2103 when another customer has the referenceId when all is done
     */
    WritePlan(WriteMode mode, List<CustomerData> batch, LockedRows roster, StoredCustomers stored, RegDate now) {
        this.mode = mode;
        this.stored = stored;
        // An entry that does not speak of its referenceId keeps it, and so hands none over.
        batch.stream()
                .filter(mode::setsReference)
                .map(entry -> roster.idOf(entry.key()))
                .forEach(handOver::add);
        for (int i = 0; i < batch.size(); i++) {
            try {
                write(batch.get(i), roster, now);
            } catch (ApiException e) {
                throw e.at("[" + i + "]");
            }
        }
    }

    /** @throws ApiException (1001) when two entries are of the same customer, or one is not as its mode wants it */
    static void requireForm(WriteMode mode, List<CustomerData> batch) {
        Set<CustomerKey> keys = new HashSet<>();
        for (int i = 0; i < batch.size(); i++) {
            CustomerData entry = batch.get(i);
            if (!keys.add(entry.key())) {
                throw new ApiException(Problem.ENTRY_TWICE, entry.name().value()).at("[" + i + "]");
            }
            if (mode == WriteMode.CHANGE && entry.regDate() == RegDate.NONE) {
                throw new ApiException(Problem.REG_DATE_CLEARED).at("[" + i + "].regDate");
            }
        }
    }

    /** The ids of customers whose referenceId goes to another one of the batch, and must be free before it does. */
    List<Long> vacated() {
        return List.copyOf(vacated);
    }

    /** The customers that come to be. */
    List<Outcome> created() {
        return outcomes.stream().filter(o -> o.id() == null).toList();
    }

    /** The customers that were there before. */
    List<Outcome> changed() {
        return outcomes.stream().filter(o -> o.id() != null).toList();
    }

    /** The answer: every entry's customer, in the order of the request. */
    List<CustomerData> answer() {
        return outcomes.stream().map(Outcome::data).toList();
    }

    private void write(CustomerData entry, LockedRows roster, RegDate now) {
        Long group = entry.groupName() == null ? null : roster.group(entry.groupName());
        Long id = mode == WriteMode.CHANGE ? (Long) roster.customer(entry.key()) : roster.idOf(entry.key());
        CustomerData before = id == null ? null : stored.customer(id);
        CustomerData after = mode.apply(entry, before, now);
        if (mode.setsReference(entry) && after.referenceId() != null) {
            takeReference(id, after, after.referenceId().value());
        }
        outcomes.add(new Outcome(id, group, after));
    }

    private void takeReference(Long id, CustomerData customer, String reference) {
        Long holder = stored.holder(reference);
        CustomerData earlier = taken.putIfAbsent(reference, customer);
        if (earlier != null) {
            throw taken(reference, earlier);
        }
        if (holder != null && !holder.equals(id)) {
            if (!handOver.contains(holder)) {
                throw taken(reference, stored.customer(holder));
            }
            vacated.add(holder);
        }
    }

    private static ApiException taken(String reference, CustomerData holder) {
        return new ApiException(
                Problem.REFERENCE_TAKEN, reference, holder.name().value());
    }
}
