package backoffice.search;

/** What bounds the number of rows that a search reads. See docs/adr/0034. */
public enum RowBound {
    /** The number of its values or the size of its page, because no two rows have the same value. */
    VALUES,

    /** The number of groups of the vendor, because each of them holds one customer with a name. */
    GROUPS,

    /** The number of rows that there are. */
    ROWS
}
