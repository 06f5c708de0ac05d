package backoffice.customer;

import backoffice.search.NameOracle;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a search for customers must find, said anew from the contract (section 6) on members as JSON has them. */
final class CustomerOracle {

    /** A member that has no value comes first. */
    private static final Comparator<String> BY_VALUE = Comparator.nullsFirst(NameOracle.BY_CODE_POINT);

    private CustomerOracle() {}

    /** Times in their one form are ordered as their texts are; a day is its first second. */
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

    /** @param sorts fields, each with {@code asc} or {@code desc} after a blank */
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
