package backoffice.customer;

import backoffice.pagination.PagedList.Column;
import backoffice.value.Name;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The row mapper of customers: the columns that statements select of a customer {@code c} and its group {@code g}. */
final class CustomerRowMapper {

    /** The columns in HQL, in the order in which {@link #read} expects them. */
    static final List<Column> HQL = Stream.concat(
                    Stream.of(
                            new Column("name", "c.name", false),
                            new Column("groupName", "g.name", true),
                            new Column("regDate", "c.regDate", false)),
                    Stream.of(TextMember.values()).map(m -> new Column(m.property(), "c." + m.property(), true)))
            .toList();

    /** The columns in SQL, in the order in which {@link #read} expects them. */
    static final String SQL = "c.name, g.name as group_name, c.reg_date, " + texts(m -> "c." + m.column());

    /** The size of the texts of a row {@code r} with these columns. */
    static final String BYTES = "octet_length(r.name) + coalesce(octet_length(r.group_name), 0) + "
            + Stream.of(TextMember.values())
                    .map(m -> "coalesce(octet_length(r." + m.column() + "), 0)")
                    .collect(Collectors.joining(" + "));

    private static final int FIRST_TEXT = 3;

    private CustomerRowMapper() {}

    /**
     * Reads a customer from a row.
     *
     * @param row returns the value of the column at an index from 0 on; null for a member without a value
     */
    static CustomerData read(IntFunction<Object> row) {
        String group = (String) row.apply(1);
        return CustomerData.of(
                new CustomerKey(Name.stored((String) row.apply(0)), group == null ? null : Name.stored(group)),
                new RegDate((LocalDateTime) row.apply(2)),
                member -> Text.ofColumn(row.apply(FIRST_TEXT + member.ordinal())));
    }

    /** A list of SQL items, one for each text member, separated by commas. */
    static String texts(Function<TextMember, String> item) {
        return Stream.of(TextMember.values()).map(item).collect(Collectors.joining(", "));
    }
}
