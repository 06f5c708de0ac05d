package backoffice.persistence;

import static backoffice.persistence.VendorScope.ofVendor;

/**
 * The HQL that reads row counts. The database keeps the number of rows of each list of a vendor: its groups, its
 * customers, and the customers of each group. Triggers maintain these counts, so reading a total never counts rows.
 */
public final class RowCounts {

    /** The condition for the list of a vendor's groups. */
    public static final String GROUPS = "r.list = 'groups'";

    /** The condition for the list of a vendor's customers. */
    public static final String CUSTOMERS = "r.list = 'customers'";

    private RowCounts() {}

    /**
     * The condition for the list of the customers in a group.
     *
     * @param groupId an HQL expression for the id of the group
     */
    public static String members(String groupId) {
        return "r.list = 'members' and r.groupId = " + groupId;
    }

    /**
     * Selects the number of rows of a list of {@code :vendor}.
     *
     * @param list the condition for the list
     */
    public static String length(String list) {
        return "select cast(coalesce(sum(r.rows), 0) as Long) " + of(list);
    }

    /**
     * Selects the version of a list of {@code :vendor}: a text that changes with every change of the list and never
     * repeats. A list that never had a row has no version.
     */
    public static String version(String list) {
        return "select concat(cast(r.groupId as String), ' ', cast(sum(r.version) as String)) " + of(list)
                + " group by r.groupId";
    }

    private static String of(String list) {
        return "from RowCount r where " + ofVendor("r") + " and " + list;
    }
}
