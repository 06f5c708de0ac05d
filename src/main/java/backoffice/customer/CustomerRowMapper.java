package backoffice.customer;

import backoffice.value.Name;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What statements select of a customer {@code c} in a group {@code g}, and how it is read. */
public final class CustomerRowMapper {

    static final List<String> HQL = Stream.concat(
                    Stream.of("c.name", "g.name", "c.regDate"),
                    Stream.of(TextMember.values()).map(m -> "c." + m.property()))
            .toList();

    /** The columns in SQL, in the order in which {@link #read} wants them. */
    public static final String SQL = "c.name, g.name as group_name, c.reg_date, " + texts(m -> "c." + m.column());

    private CustomerRowMapper() {}

    /** @param row the columns as a statement gives them, null where a customer has no value */
    public static CustomerData read(IntFunction<Object> row) {
        Name group = row.apply(1) == null ? null : new Name((String) row.apply(1));
        return CustomerData.of(
                new CustomerKey(new Name((String) row.apply(0)), group),
                new RegDate((LocalDateTime) row.apply(2)),
                member -> Text.ofColumn(row.apply(3 + member.ordinal())));
    }

    /** A list with an item for each text. */
    static String texts(Function<TextMember, String> item) {
        return Stream.of(TextMember.values()).map(item).collect(Collectors.joining(", "));
    }
}
