package backoffice.persistence;

/** Parts of statements that confine them to the rows, or to the node, of one vendor. */
public final class VendorScope {

    /** The named parameter that holds the vendor. {@link PagedRepository} binds it. */
    static final String VENDOR = "vendor";

    /**
     * The end of an SQL statement that only calls a function, such as one that takes an advisory lock. On a cluster, it
     * has the function called on the node of the vendor ({@code $1}), through whichever node the statement comes. It
     * reads a row count that does not exist. See docs/adr/0027.
     */
    public static final String ON_NODE_OF_VENDOR =
            " from (select count(*) from row_count where vendor = $1 and list = 'groups' and group_id = 0 and slot = -1)"
                    + " as on_node_of_vendor";

    private VendorScope() {}

    /** The condition for the entity with an alias. */
    public static String ofVendor(String alias) {
        return alias + ".vendor = :" + VENDOR;
    }
}
