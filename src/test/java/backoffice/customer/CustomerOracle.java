package backoffice.customer;

import backoffice.search.NameOracle;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A test oracle for searches of customers. It implements docs/api.md, section 6, on customers in memory,
 * and shares no code with the service.
 */
final class CustomerOracle {

    /** Missing values sort first. */
    private static final Comparator<String> BY_VALUE = Comparator.nullsFirst(NameOracle.BY_CODE_POINT);

    private CustomerOracle() {}

    /** Whether a customer meets a condition. Times compare as texts. A day in a condition means its 00:00:00. */
    static boolean matches(Map<String, String> customer, String field, String op, List<String> values) {
        String value = customer.get(field);
        if (value == null) {
            return List.of("!=", "<>", "not in", "not like", "is null").contains(op);
        }
        return NameOracle.matches(
                value,
                op,
                field.equals("regDate")
                        ? values.stream()
                                .map(v -> v.length() == 10 ? v + " 00:00:00" : v)
                                .toList()
                        : values);
    }

    /** @param sorts each is a field and {@code asc} or {@code desc}, separated by a space */
    static Comparator<Map<String, String>> order(List<String> sorts) {
        Comparator<Map<String, String>> order = (a, b) -> 0;
        for (String sort : sorts) {
            String[] parts = sort.split(" ");
            order = order.thenComparing(by(parts[0], parts[1].equals("desc")));
        }
        return order.thenComparing(by("name", false)).thenComparing(by("groupName", false));
    }

    private static Comparator<Map<String, String>> by(String field, boolean descending) {
        return Comparator.comparing(customer -> customer.get(field), descending ? BY_VALUE.reversed() : BY_VALUE);
    }
}
