package backoffice.pagination;

import backoffice.search.Hql.NameRange;
import java.util.ArrayList;
import java.util.List;

/**
 * The HQL that reads the row counts of a list, which triggers maintain for ranges of its names. So reading a total counts
 * the rows of two ranges at most. See docs/adr/0006.
 *
 * @param length selects the number of rows of a list of {@code :vendor}; selects no row when there is no such list
 * @param from the row counts of the list: HQL from {@code from} on
 */
public record RowCountHql(String length, String from) {

    private static final String SUM = "select cast(coalesce(sum(r.rows), 0) as Long) ";
    private static final String GROUP = " from CustomerGroup g where g.vendor = :vendor and g.name = :group";

    public static final RowCountHql GROUPS = of("r.list = 'groups'");

    public static final RowCountHql CUSTOMERS = of("r.list = 'customers'");

    /** The customers in the group with the name {@code :group}. */
    public static final RowCountHql MEMBERS = new RowCountHql(
            "select (" + SUM + from("r.list = 'members' and r.groupId = g.id") + ")" + GROUP,
            from("r.list = 'members' and r.groupId = (select g.id" + GROUP + ")"));

    private static RowCountHql of(String list) {
        return new RowCountHql(SUM + from(list), from(list));
    }

    private static String from(String list) {
        return "from RowCountSlot r where r.vendor = :vendor and " + list;
    }

    /** Selects for each range {@code firstName}, at which it begins, and {@code before}, the number of rows before it. */
    String ranges() {
        return "select r.firstName as firstName, sum(sum(r.rows)) over (order by r.firstName) - sum(r.rows) as before "
                + from + " group by r.firstName";
    }

    /**
     * Selects the number of rows with names in a range that a search finds. The ends of the counted ranges are looked up in
     * a join and once, because PostgreSQL prepares each subquery in each call.
     *
     * @param count selects the number of these rows by counting them
     * @param name the name of a row
     */
    String among(NameRange names, String count, String name) {
        List<String> ends = new ArrayList<>();
        List<String> isOneRange = new ArrayList<>();
        List<String> sums = new ArrayList<>();
        String between = "select coalesce(sum(r.rows), 0) " + from;
        if (names.from() != null) {
            ends.add("(select min(r.firstName) as name " + from + " and r.firstName > " + names.from() + ") following");
            isOneRange.add("following.name is null");
            sums.add("(" + count + " and " + name + " < following.name)");
            between += " and r.firstName >= following.name";
        }
        if (names.to() != null) {
            ends.add("(select max(r.firstName) as name " + from + " and r.firstName <= " + names.to() + ") last");
            isOneRange.add(names.from() == null ? "coalesce(last.name, '') = ''" : "following.name > last.name");
            sums.add("(" + count + " and " + name + " >= last.name)");
            between += " and r.firstName < last.name";
        }
        sums.add("(" + between + ")");
        return "select case when " + String.join(" or ", isOneRange) + " then (" + count + ") else "
                + String.join(" + ", sums) + " end from " + String.join(", ", ends);
    }
}
