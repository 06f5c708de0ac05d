package backoffice.persistence;

import static backoffice.persistence.VendorScope.ofVendor;

/**
 * The HQL that reads row counts. The database keeps the number of rows of each list of a vendor: its groups, its
 * customers, and the customers of each group. Triggers maintain these counts, so reading a total never counts rows.
 */
public final class RowCounts {

    /** The list of a vendor's groups. */
    public static final String GROUPS = "0";

    /** The list of a vendor's customers. */
    public static final String CUSTOMERS = "-1";

    private RowCounts() {}

    /**
     * Selects the number of rows of a list of {@code :vendor}.
     *
     * @param list one of the lists above, or an HQL expression for the id of a group
     */
    public static String length(String list) {
        return "select cast(coalesce(sum(t.total), 0) as Long) " + of(list);
    }

    /**
     * Selects the version of a list of {@code :vendor}: a text that changes with every change of the list and never
     * repeats. A list that never had a row has no version.
     */
    public static String version(String list) {
        return "select concat(cast(t.list as String), ' ', cast(sum(t.version) as String)) " + of(list)
                + " group by t.list";
    }

    private static String of(String list) {
        return "from RowCount t where " + ofVendor("t") + " and t.list = " + list;
    }
}
