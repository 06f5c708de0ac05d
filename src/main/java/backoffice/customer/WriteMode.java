package backoffice.customer;

/** The two ways in which a batch writes customers (docs/api.md, section 5.3). */
enum WriteMode {
    /** {@code POST}: creates a customer, or overwrites all members of one that exists. */
    OVERWRITE,
    /** {@code PATCH}: changes the members sent of a customer that exists. */
    PATCH
}
