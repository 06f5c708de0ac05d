package backoffice.persistence;

/** Forms of SQL that a cluster of Citus needs, and that do the same on a plain PostgreSQL. See docs/adr/0027. */
public final class CitusForms {

    /**
     * The end of an SQL statement that only calls a function, such as one that takes an advisory lock. On a cluster, it
     * has the function called on the node of the vendor ({@code $1}), through whichever node the statement comes. It
     * reads a row count that does not exist.
     */
    public static final String ON_NODE_OF_VENDOR =
            " from (select count(*) from row_count where vendor = $1 and list = 'groups' and group_id = 0 and slot = -1)"
                    + " as on_node_of_vendor";

    /**
     * A condition that holds for no row with the alias {@code g}. With the condition "false", a cluster could not see
     * that the join is within a vendor.
     */
    public static final String NO_ROW = "g.id = -1";

    /** The end of an insert. Without it, a cluster copies the rows and hides the SQLSTATE of a duplicate. */
    public static final String RETURNING_SOMETHING = " returning 1";

    /** The message about a shard that has just moved or been split. It is in English in each language. */
    static final String NO_SHARD = "could not find valid entry for shard";

    private CitusForms() {}
}
