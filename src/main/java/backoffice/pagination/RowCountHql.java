package backoffice.pagination;

/**
 * The HQL that reads the row count of a list, which triggers maintain. So reading a total never counts rows. See
 * docs/adr/0006.
 *
 * @param length selects the number of rows of a list of {@code :vendor}; selects no row when there is no such list
 * @param version selects a text that changes with every change of the list and never repeats. A list that never had a row
 *     has no version
 */
public record RowCountHql(String length, String version) {

    public static final RowCountHql GROUPS = of("r.list = 'groups'");

    public static final RowCountHql CUSTOMERS = of("r.list = 'customers'");

    /** The customers in the group with the name {@code :group}. */
    public static final RowCountHql MEMBERS = new RowCountHql(
            "select (" + length(members("g.id")) + ") from CustomerGroup g where g.vendor = :vendor"
                    + " and g.name = :group",
            version(members("(select g.id from CustomerGroup g where g.vendor = :vendor and g.name = :group)")));

    private static RowCountHql of(String list) {
        return new RowCountHql(length(list), version(list));
    }

    private static String members(String groupId) {
        return "r.list = 'members' and r.groupId = " + groupId;
    }

    private static String length(String list) {
        return "select cast(coalesce(sum(r.rows), 0) as Long) from RowCount r where r.vendor = :vendor and " + list;
    }

    private static String version(String list) {
        return "select concat(cast(r.groupId as String), ' ', cast(sum(r.version) as String)) as version from RowCount r where "
                + "r.vendor = :vendor and " + list + " group by r.groupId";
    }
}
